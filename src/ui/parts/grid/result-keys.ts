/**
 * Moves the focus among the results on an arrow key.
 *
 * @param kind class of the elements to move among
 * @returns whether the focus moved
 */
export function focusResultAfterKey(
  key: string,
  target: EventTarget,
  kind = 'result-link',
): boolean {
  if (!(target instanceof HTMLElement) || !target.classList.contains(kind)) return false;
  const links = [...document.querySelectorAll<HTMLElement>(`.${kind}`)];
  const to = resultAfterKey(
    key,
    links.indexOf(target),
    links.map((link) => link.getBoundingClientRect()),
  );
  if (to === null) return false;
  links[to]?.focus();
  return true;
}

/** The part of a `DOMRect` that locates a picture. */
export type Place = Pick<DOMRect, 'left' | 'top' | 'width'>;

/**
 * Index among `places` that a key moves to from `from`; `null` for other keys. Up and Down go to
 * the picture in the adjacent row whose centre is nearest.
 */
export function resultAfterKey(key: string, from: number, places: readonly Place[]): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1);
    case 'ArrowRight':
      return Math.min(places.length - 1, from + 1);
    case 'Home':
      return 0;
    case 'End':
      return places.length - 1;
    case 'ArrowUp':
      return nearestRow(from, -1, places);
    case 'ArrowDown':
      return nearestRow(from, 1, places);
    default:
      return null;
  }
}

function nearestRow(from: number, by: 1 | -1, places: readonly Place[]): number {
  const here = places[from];
  if (!here) return from;
  const middle = here.left + here.width / 2;
  let best = from;
  let bestRow = Number.POSITIVE_INFINITY;
  let bestShift = Number.POSITIVE_INFINITY;
  places.forEach((place, i) => {
    const row = (place.top - here.top) * by;
    if (row < 1 || row > bestRow + 0.5) return;
    const shift = Math.abs(place.left + place.width / 2 - middle);
    if (row < bestRow - 0.5 || shift < bestShift) {
      best = i;
      bestRow = row;
      bestShift = shift;
    }
  });
  return best;
}
