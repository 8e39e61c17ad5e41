/** Rows one after the other, with enough running sums to hide the latency of an addition. */
export function bareScan(query: usize, vectors: usize, d: u32, rowCount: u32): f32 {
  const bytes = (<usize>d) << 2;
  const whole = bytes & ~63;
  let most: f32 = f32.NEGATIVE_INFINITY;
  for (; rowCount > 0; rowCount--) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let at: usize = 0;
    for (; at < whole; at += 64) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(query + at), v128.load(vectors + at)));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(query + at, 16), v128.load(vectors + at, 16)));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(query + at, 32), v128.load(vectors + at, 32)));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(query + at, 48), v128.load(vectors + at, 48)));
    }
    s0 = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3));
    let sum =
      f32x4.extract_lane(s0, 0) +
      f32x4.extract_lane(s0, 1) +
      (f32x4.extract_lane(s0, 2) + f32x4.extract_lane(s0, 3));
    for (; at < bytes; at += 4) sum += load<f32>(query + at) * load<f32>(vectors + at);
    most = max(most, sum);
    vectors += bytes;
  }
  return most;
}
