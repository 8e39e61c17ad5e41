import type { RegionBox } from '../../../protocol/index.ts';
import { boxBetween, LEAST_SIDE, movedBox, type SharePoint } from './face-box.ts';

/** What a pointer drags: a corner, the area itself, or a new area from where it started. */
export type Grip = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right' | 'move' | 'new';

export const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

/** The area to start with: the middle of the photo. */
export const FIRST_AREA: RegionBox = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };

const inside = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * The area as a drag leaves it: inside the photo, and never too small to be seen. A corner dragged
 * past the opposite one turns the area over.
 *
 * @param area before the drag
 * @param from where the drag started, in fractions of the photo; `to`: where the pointer is
 */
export function draggedArea(
  area: RegionBox,
  grip: Grip,
  from: SharePoint,
  to: SharePoint,
): RegionBox {
  if (grip === 'new') return boxBetween(from, to) ?? area;
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (grip === 'move') return movedBox(area, dx, dy);
  const [right, bottom] = [area.x + area.width, area.y + area.height];
  const isLeft = grip.endsWith('left');
  const isTop = grip.startsWith('top');
  const corner = { x: (isLeft ? area.x : right) + dx, y: (isTop ? area.y : bottom) + dy };
  const fixed = { x: isLeft ? right : area.x, y: isTop ? bottom : area.y };
  return boxBetween(fixed, apart(corner, fixed)) ?? area;
}

/** The corner, moved away from the fixed one where the area would vanish. */
function apart(corner: SharePoint, fixed: SharePoint): SharePoint {
  const away = (value: number, from: number): number => {
    const at = inside(value);
    if (Math.abs(at - from) >= LEAST_SIDE) return at;
    const least = 1.001 * LEAST_SIDE;
    const before = value < from ? from >= least : from + least > 1;
    return before ? from - least : from + least;
  };
  return { x: away(corner.x, fixed.x), y: away(corner.y, fixed.y) };
}

/**
 * The part of a photo's tile or thumbnail that a box covers. Tiles show the middle of photos that
 * are longer than `shown`.
 *
 * @param aspect width / height of the photo
 * @param shown width / height of what is shown of it
 * @returns `null` for a box that isn't shown
 */
export function boxInTile(box: RegionBox, aspect: number, shown: number): RegionBox | null {
  const across = Math.min(1, shown / aspect);
  const down = Math.min(1, aspect / shown);
  const corner = (x: number, y: number): SharePoint => ({
    x: (x - (1 - across) / 2) / across,
    y: (y - (1 - down) / 2) / down,
  });
  return boxBetween(corner(box.x, box.y), corner(box.x + box.width, box.y + box.height));
}
