import { type ColorName, SWATCHES } from '../../../pure/query/colors.ts';
import './colors.css';

/** One to three colors as a round dot, beside their names. */
export function ColorDot({ colors }: { colors: readonly ColorName[] }) {
  return (
    <span className="color-dot" aria-hidden="true">
      {colors.map((color) => (
        <span key={color} style={{ background: SWATCHES[color] }} />
      ))}
    </span>
  );
}
