/** The part of a scroller that tells how far it can go. */
export type Scroller = Pick<
  HTMLElement,
  'clientWidth' | 'clientHeight' | 'scrollWidth' | 'scrollHeight'
>;

/** Share of what is seen that an arrow key, and a page, moves. */
const STEP = 0.2;
const PAGE = 0.9;

/** How far a key moves along a zoomed picture, in pixels; `null` where it is not one of these keys. */
export function panByKey(
  key: string,
  scroller: Scroller,
): readonly [dx: number, dy: number] | null {
  const { clientWidth: w, clientHeight: h, scrollWidth, scrollHeight } = scroller;
  // Pages go the longer way.
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
