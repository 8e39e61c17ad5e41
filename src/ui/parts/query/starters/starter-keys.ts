/**
 * Where an arrow key leads from a button of the suggestions: to another one, back to the field, or
 * nowhere. Buttons of one row are steps of left and right only.
 */
export function starterBeside(
  key: string,
  panel: HTMLElement,
  from: HTMLElement,
): HTMLElement | 'field' | null {
  const all = [...panel.querySelectorAll<HTMLElement>('[data-start]')];
  const place = all.indexOf(from.closest<HTMLElement>('[data-start]') ?? from);
  if (key === 'ArrowRight') return all[place + 1] ?? null;
  if (key === 'ArrowLeft') return all[place - 1] ?? null;
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null;
  const down = key === 'ArrowDown';
  const here = from.getBoundingClientRect();
  const rest = down ? all.slice(place + 1) : all.slice(0, Math.max(0, place)).reverse();
  const isPast = (box: DOMRect) => (down ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1);
  const beyond = rest.filter((each) => isPast(each.getBoundingClientRect()));
  const [first] = beyond;
  if (!first) return down ? null : 'field';
  // Of the next row, the one nearest to this.
  const { top } = first.getBoundingClientRect();
  const apart = (each: HTMLElement) => Math.abs(each.getBoundingClientRect().left - here.left);
  return beyond
    .filter((each) => Math.abs(each.getBoundingClientRect().top - top) < 2)
    .reduce((best, each) => (apart(each) < apart(best) ? each : best));
}
