/**
 * Moves, turns and scales points so that they come as near as possible to where they were, by least
 * squares (Umeyama 1991, in the plane, without reflection): what remains is what really moved.
 *
 * @param positions (n × 2), changed in place
 * @param before (n × 2)
 */
export function alignTo(positions: Float32Array, before: Float32Array): void {
  const n = positions.length / 2;
  if (n === 0) return;
  let [x, y, u, v] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    x += positions[2 * i]! / n;
    y += positions[2 * i + 1]! / n;
    u += before[2 * i]! / n;
    v += before[2 * i + 1]! / n;
  }
  // As complex numbers: before ≈ (cos + i sin) · positions.
  let [cos, sin, norm] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [positions[2 * i]! - x, positions[2 * i + 1]! - y];
    const [du, dv] = [before[2 * i]! - u, before[2 * i + 1]! - v];
    cos += dx * du + dy * dv;
    sin += dx * dv - dy * du;
    norm += dx * dx + dy * dy;
  }
  if (norm === 0) return;
  cos /= norm;
  sin /= norm;
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [positions[2 * i]! - x, positions[2 * i + 1]! - y];
    positions[2 * i] = u + cos * dx - sin * dy;
    positions[2 * i + 1] = v + sin * dx + cos * dy;
  }
}
