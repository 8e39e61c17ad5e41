import './colors.css';

/** One to three colors, `#rrggbb`, as a round dot, beside their names. */
export function ColorDot({ colors }: { colors: readonly string[] }) {
  return (
    <span className="color-dot" aria-hidden="true">
      {colors.map((color) => (
        <span key={color} style={{ background: color }} />
      ))}
    </span>
  );
}
