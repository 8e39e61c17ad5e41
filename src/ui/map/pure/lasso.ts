/**
 * Whether a point lies in a closed polygon, by the even-odd rule: rays to the right cross its
 * edges an odd number of times. `polygon` holds x and y in turn; fewer than 3 corners hold nothing.
 */
export function inPolygon(polygon: ArrayLike<number>, x: number, y: number): boolean {
  const corners = polygon.length >> 1;
  let inside = false;
  for (let i = 0, j = corners - 1; i < corners; j = i++) {
    const yi = polygon[2 * i + 1]!;
    const yj = polygon[2 * j + 1]!;
    if (yi > y === yj > y) continue;
    const xi = polygon[2 * i]!;
    if (x < xi + ((y - yi) / (yj - yi)) * (polygon[2 * j]! - xi)) inside = !inside;
  }
  return inside;
}
