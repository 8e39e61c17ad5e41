const DOUBLE_TAP_MS = 300;
const DOUBLE_TAP_PX = 30;

/** A point of the page, in CSS pixels. */
interface Tap {
  readonly x: number;
  readonly y: number;
}

/**
 * Recognizes double taps, which not every browser reports as a double click.
 *
 * @returns called for each tap with its time in milliseconds: whether it is the second one
 */
export function watchDoubleTaps(): (tap: Tap, at: number) => boolean {
  let last: (Tap & { readonly at: number }) | null = null;
  return ({ x, y }, at) => {
    const isSecond =
      last !== null &&
      at - last.at < DOUBLE_TAP_MS &&
      Math.hypot(x - last.x, y - last.y) < DOUBLE_TAP_PX;
    last = isSecond ? null : { x, y, at };
    return isSecond;
  };
}
