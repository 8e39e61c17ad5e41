/** Minimum interval between reports, in milliseconds. */
const REPORT_MS = 100;

/**
 * Thins out progress: reports at most ten times a second, besides each start (0) and end (1). A
 * model's loading progress comes in hundreds of steps, and each one renders the page of each tab.
 *
 * @param report takes progress in [0, 1]
 */
export function spaced(
  report: (share: number) => void,
  now: () => number = () => performance.now(),
): (share: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (share) => {
    const at = now();
    if (share > 0 && share < 1 && at - last < REPORT_MS) return;
    last = at;
    report(share);
  };
}
