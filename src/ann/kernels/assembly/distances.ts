/**
 * Distances from one query to four rows at once, so that the query's components are loaded once for
 * the four. Each row has two running sums, which makes eight independent additions: enough to hide
 * the latency of one. A row's sums are added up in the same order whichever of the four it is, so
 * equal rows always have equal distances.
 */

/** Inner products of the query with the rows at `r0` to `r3`, each of `d` components. */
export function ip4(query: usize, r0: usize, r1: usize, r2: usize, r3: usize, d: usize): v128 {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const end = d << 2;
  const whole8 = end & ~31;
  const whole4 = end & ~15;
  let at: usize = 0;
  for (; at < whole8; at += 32) {
    const q0 = v128.load(query + at);
    const q1 = v128.load(query + at, 16);
    a0 = f32x4.add(a0, f32x4.mul(q0, v128.load(r0 + at)));
    b0 = f32x4.add(b0, f32x4.mul(q0, v128.load(r1 + at)));
    c0 = f32x4.add(c0, f32x4.mul(q0, v128.load(r2 + at)));
    d0 = f32x4.add(d0, f32x4.mul(q0, v128.load(r3 + at)));
    a1 = f32x4.add(a1, f32x4.mul(q1, v128.load(r0 + at, 16)));
    b1 = f32x4.add(b1, f32x4.mul(q1, v128.load(r1 + at, 16)));
    c1 = f32x4.add(c1, f32x4.mul(q1, v128.load(r2 + at, 16)));
    d1 = f32x4.add(d1, f32x4.mul(q1, v128.load(r3 + at, 16)));
  }
  for (; at < whole4; at += 16) {
    const q = v128.load(query + at);
    a0 = f32x4.add(a0, f32x4.mul(q, v128.load(r0 + at)));
    b0 = f32x4.add(b0, f32x4.mul(q, v128.load(r1 + at)));
    c0 = f32x4.add(c0, f32x4.mul(q, v128.load(r2 + at)));
    d0 = f32x4.add(d0, f32x4.mul(q, v128.load(r3 + at)));
  }
  let sums = sumLanes(f32x4.add(a0, a1), f32x4.add(b0, b1), f32x4.add(c0, c1), f32x4.add(d0, d1));
  for (; at < end; at += 4) {
    const q = v128.load32_splat(query + at);
    sums = f32x4.add(sums, f32x4.mul(q, component(r0, r1, r2, r3, at)));
  }
  return sums;
}

/** Squared L2 distances of the query to the rows at `r0` to `r3`, each of `d` components. */
export function l2sq4(query: usize, r0: usize, r1: usize, r2: usize, r3: usize, d: usize): v128 {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const end = d << 2;
  const whole8 = end & ~31;
  const whole4 = end & ~15;
  let at: usize = 0;
  for (; at < whole8; at += 32) {
    const q0 = v128.load(query + at);
    const q1 = v128.load(query + at, 16);
    a0 = addSquare(a0, q0, v128.load(r0 + at));
    b0 = addSquare(b0, q0, v128.load(r1 + at));
    c0 = addSquare(c0, q0, v128.load(r2 + at));
    d0 = addSquare(d0, q0, v128.load(r3 + at));
    a1 = addSquare(a1, q1, v128.load(r0 + at, 16));
    b1 = addSquare(b1, q1, v128.load(r1 + at, 16));
    c1 = addSquare(c1, q1, v128.load(r2 + at, 16));
    d1 = addSquare(d1, q1, v128.load(r3 + at, 16));
  }
  for (; at < whole4; at += 16) {
    const q = v128.load(query + at);
    a0 = addSquare(a0, q, v128.load(r0 + at));
    b0 = addSquare(b0, q, v128.load(r1 + at));
    c0 = addSquare(c0, q, v128.load(r2 + at));
    d0 = addSquare(d0, q, v128.load(r3 + at));
  }
  let sums = sumLanes(f32x4.add(a0, a1), f32x4.add(b0, b1), f32x4.add(c0, c1), f32x4.add(d0, d1));
  for (; at < end; at += 4) {
    sums = addSquare(sums, v128.load32_splat(query + at), component(r0, r1, r2, r3, at));
  }
  return sums;
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

/** The sums of the lanes of `a`, `b`, `c` and `d`, as the four lanes of one vector. */
function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
