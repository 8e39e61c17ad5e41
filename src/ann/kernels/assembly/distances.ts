/**
 * Distances from one query to four rows, one row after the other: sequential reads reach full
 * memory bandwidth, four parallel streams would not. Each row has four running sums, enough to hide
 * the latency of an addition. They are added in the same order for each of the four, so equal rows
 * always have equal distances.
 */

/** Inner products of the query with the rows at `r0` to `r3`, each of `d` components. */
export function ip4(query: usize, r0: usize, r1: usize, r2: usize, r3: usize, d: usize): v128 {
  const bytes = d << 2;
  let sums = sumLanes(
    ipLanes(query, r0, bytes),
    ipLanes(query, r1, bytes),
    ipLanes(query, r2, bytes),
    ipLanes(query, r3, bytes),
  );
  for (let at = bytes & ~15; at < bytes; at += 4) {
    const q = v128.load32_splat(query + at);
    sums = f32x4.add(sums, f32x4.mul(q, component(r0, r1, r2, r3, at)));
  }
  return sums;
}

/**
 * The inner product over a row's whole groups of four components, as four lanes still to be summed.
 */
function ipLanes(query: usize, row: usize, bytes: usize): v128 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const whole16 = bytes & ~63;
  const whole4 = bytes & ~15;
  let at: usize = 0;
  for (; at < whole16; at += 64) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(query + at), v128.load(row + at)));
    s1 = f32x4.add(s1, f32x4.mul(v128.load(query + at, 16), v128.load(row + at, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v128.load(query + at, 32), v128.load(row + at, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v128.load(query + at, 48), v128.load(row + at, 48)));
  }
  for (; at < whole4; at += 16) {
    s0 = f32x4.add(s0, f32x4.mul(v128.load(query + at), v128.load(row + at)));
  }
  return f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
}

/** Squared L2 distances of the query to the rows at `r0` to `r3`, each of `d` components. */
export function l2sq4(query: usize, r0: usize, r1: usize, r2: usize, r3: usize, d: usize): v128 {
  const bytes = d << 2;
  let sums = sumLanes(
    l2sqLanes(query, r0, bytes),
    l2sqLanes(query, r1, bytes),
    l2sqLanes(query, r2, bytes),
    l2sqLanes(query, r3, bytes),
  );
  for (let at = bytes & ~15; at < bytes; at += 4) {
    sums = addSquare(sums, v128.load32_splat(query + at), component(r0, r1, r2, r3, at));
  }
  return sums;
}

/** The squared L2 distance over the same components, also as four lanes. */
function l2sqLanes(query: usize, row: usize, bytes: usize): v128 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const whole16 = bytes & ~63;
  const whole4 = bytes & ~15;
  let at: usize = 0;
  for (; at < whole16; at += 64) {
    s0 = addSquare(s0, v128.load(query + at), v128.load(row + at));
    s1 = addSquare(s1, v128.load(query + at, 16), v128.load(row + at, 16));
    s2 = addSquare(s2, v128.load(query + at, 32), v128.load(row + at, 32));
    s3 = addSquare(s3, v128.load(query + at, 48), v128.load(row + at, 48));
  }
  for (; at < whole4; at += 16) {
    s0 = addSquare(s0, v128.load(query + at), v128.load(row + at));
  }
  return f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
}

function addSquare(sum: v128, q: v128, x: v128): v128 {
  const difference = f32x4.sub(q, x);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/** One component of each of the four rows, `offset` bytes into them. */
function component(r0: usize, r1: usize, r2: usize, r3: usize, offset: usize): v128 {
  return f32x4(
    load<f32>(r0 + offset),
    load<f32>(r1 + offset),
    load<f32>(r2 + offset),
    load<f32>(r3 + offset),
  );
}

/** Sums the lanes of `a`, `b`, `c` and `d` into the four lanes of one vector. */
function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
