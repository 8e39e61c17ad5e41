/** The inner product of two vectors of one length. */
export function dot(a: Float32Array, b: Float32Array): number {
  const d = a.length;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < d; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < d; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + s2 + s3;
}
