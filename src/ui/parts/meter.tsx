import type { Level } from '../pure/viewer/similarity.ts';
import './meter.css';

const STEPS = [1, 2, 3, 4, 5] as const;

/** Five-step similarity meter. Hidden from screen readers: the label beside it says the same. */
export function Meter({ level }: { level: Level }) {
  return (
    <span className="meter" aria-hidden="true">
      {STEPS.map((step) => (
        <span key={step} className="meter-step" data-on={step <= level || undefined} />
      ))}
    </span>
  );
}
