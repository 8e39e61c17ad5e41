/**
 * Tables of a query's sub-vectors against a product quantizer's centroids: four centroids at once,
 * one per lane, so that each lane adds its components in the same order as the scalar twin.
 */
export function ipTable(
  query: usize,
  centroids: usize,
  M: u32,
  ksub: u32,
  dsub: u32,
  table: usize,
): void {
  fillTable(query, centroids, M, ksub, dsub, table, true);
}

export function l2sqTable(
  query: usize,
  centroids: usize,
  M: u32,
  ksub: u32,
  dsub: u32,
  table: usize,
): void {
  fillTable(query, centroids, M, ksub, dsub, table, false);
}

function fillTable(
  query: usize,
  centroids: usize,
  M: u32,
  ksub: u32,
  dsub: u32,
  table: usize,
  byIp: bool,
): void {
  const bytes = (<usize>dsub) << 2;
  for (; M > 0; M--) {
    for (let j: u32 = 0; j < ksub; j += 4) {
      const left = min<u32>(ksub - j, 4);
      const entries = byIp
        ? f32x4.neg(ip4(query, centroids, left, bytes))
        : l2sq4(query, centroids, left, bytes);
      storeEntries(table, entries, left);
      table += (<usize>left) << 2;
      centroids += <usize>left * bytes;
    }
    query += bytes;
  }
}

function storeEntries(to: usize, entries: v128, count: u32): void {
  if (count == 4) {
    v128.store(to, entries);
    return;
  }
  store<f32>(to, f32x4.extract_lane(entries, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(entries, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(entries, 2), 8);
}

/**
 * Inner products with the four centroids from `c0` on; with fewer than four, the rest is undefined.
 */
function ip4(q: usize, c0: usize, count: u32, bytes: usize): v128 {
  let c1 = count > 1 ? c0 + bytes : c0;
  let c2 = count > 2 ? c1 + bytes : c0;
  let c3 = count > 3 ? c2 + bytes : c0;
  const whole = q + (bytes & ~15);
  const end = q + bytes;
  let sum = f32x4.splat(0);
  while (q < whole) {
    const x0 = v128.load(c0);
    const x1 = v128.load(c1);
    const x2 = v128.load(c2);
    const x3 = v128.load(c3);
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    const i0 = v128.shuffle<f32>(low01, low23, 0, 1, 4, 5);
    const i1 = v128.shuffle<f32>(low01, low23, 2, 3, 6, 7);
    const i2 = v128.shuffle<f32>(high01, high23, 0, 1, 4, 5);
    const i3 = v128.shuffle<f32>(high01, high23, 2, 3, 6, 7);
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q), i0));
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q, 4), i1));
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q, 8), i2));
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q, 12), i3));
    q += 16;
    c0 += 16;
    c1 += 16;
    c2 += 16;
    c3 += 16;
  }
  while (q < end) {
    const x = f32x4(load<f32>(c0), load<f32>(c1), load<f32>(c2), load<f32>(c3));
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(q), x));
    q += 4;
    c0 += 4;
    c1 += 4;
    c2 += 4;
    c3 += 4;
  }
  return sum;
}

/** Squared L2 distances to the same centroids. */
function l2sq4(q: usize, c0: usize, count: u32, bytes: usize): v128 {
  let c1 = count > 1 ? c0 + bytes : c0;
  let c2 = count > 2 ? c1 + bytes : c0;
  let c3 = count > 3 ? c2 + bytes : c0;
  const whole = q + (bytes & ~15);
  const end = q + bytes;
  let sum = f32x4.splat(0);
  while (q < whole) {
    const x0 = v128.load(c0);
    const x1 = v128.load(c1);
    const x2 = v128.load(c2);
    const x3 = v128.load(c3);
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    sum = addSquare(sum, v128.load32_splat(q), v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    sum = addSquare(sum, v128.load32_splat(q, 4), v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    sum = addSquare(sum, v128.load32_splat(q, 8), v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    sum = addSquare(sum, v128.load32_splat(q, 12), v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    q += 16;
    c0 += 16;
    c1 += 16;
    c2 += 16;
    c3 += 16;
  }
  while (q < end) {
    const x = f32x4(load<f32>(c0), load<f32>(c1), load<f32>(c2), load<f32>(c3));
    sum = addSquare(sum, v128.load32_splat(q), x);
    q += 4;
    c0 += 4;
    c1 += 4;
    c2 += 4;
    c3 += 4;
  }
  return sum;
}

function addSquare(sum: v128, q: v128, x: v128): v128 {
  const difference = f32x4.sub(q, x);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}
