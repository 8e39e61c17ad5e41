/** The part of a scroll container that determines its scroll range. */
export type Scroller = Pick<
  HTMLElement,
  'clientWidth' | 'clientHeight' | 'scrollWidth' | 'scrollHeight'
>;

/** Fraction of the visible size that an arrow key or a page key scrolls. */
const STEP = 0.2;
const PAGE = 0.9;

/** How far a key pans a zoomed picture, in pixels; `null` for other keys. */
export function panByKey(
  key: string,
  scroller: Scroller,
): readonly [dx: number, dy: number] | null {
  const { clientWidth: w, clientHeight: h, scrollWidth, scrollHeight } = scroller;
  // Page keys scroll along the longer overflow.
  const wide = scrollWidth / w > scrollHeight / h;
  const along = (share: number): readonly [number, number] =>
    wide ? [share * w, 0] : [0, share * h];
  switch (key) {
    case 'ArrowLeft':
      return [-STEP * w, 0];
    case 'ArrowRight':
      return [STEP * w, 0];
    case 'ArrowUp':
      return [0, -STEP * h];
    case 'ArrowDown':
      return [0, STEP * h];
    case 'PageUp':
      return along(-PAGE);
    case 'PageDown':
      return along(PAGE);
    case 'Home':
      return [-scrollWidth, -scrollHeight];
    case 'End':
      return [scrollWidth, scrollHeight];
    default:
      return null;
  }
}
