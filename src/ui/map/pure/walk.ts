/** A direction of the arrow keys. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/** How much farther a photo seems for being off the direction. */
const SIDEWAYS = 2;

/**
 * The photo that an arrow key leads to: the nearest within 45° of the direction, those straight
 * ahead preferred. -1 if there is none.
 *
 * @param positions (n × 2), y down
 * @param from index of a photo
 */
export function walk(positions: Float32Array, from: number, direction: Direction): number {
  const [ux, uy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction] as [
    number,
    number,
  ];
  const x0 = positions[2 * from]!;
  const y0 = positions[2 * from + 1]!;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < positions.length / 2; i++) {
    const dx = positions[2 * i]! - x0;
    const dy = positions[2 * i + 1]! - y0;
    const ahead = dx * ux + dy * uy;
    const aside = Math.abs(dx * uy - dy * ux);
    if (ahead <= 0 || aside > ahead) continue;
    const distance = ahead + SIDEWAYS * aside;
    if (distance >= least) continue;
    least = distance;
    best = i;
  }
  return best;
}
