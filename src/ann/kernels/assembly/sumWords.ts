/**
 * The sum modulo 2³² of `byteLength / 4` words. Eight independent vector sums make the loop
 * memory-bound, so it takes as long as reading the bytes.
 */
export function sumWords(address: usize, byteLength: usize): u32 {
  let s0 = i32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let s4 = s0;
  let s5 = s0;
  let s6 = s0;
  let s7 = s0;
  const end = address + byteLength;
  const whole = address + (byteLength & ~127);
  for (; address < whole; address += 128) {
    s0 = i32x4.add(s0, v128.load(address));
    s1 = i32x4.add(s1, v128.load(address, 16));
    s2 = i32x4.add(s2, v128.load(address, 32));
    s3 = i32x4.add(s3, v128.load(address, 48));
    s4 = i32x4.add(s4, v128.load(address, 64));
    s5 = i32x4.add(s5, v128.load(address, 80));
    s6 = i32x4.add(s6, v128.load(address, 96));
    s7 = i32x4.add(s7, v128.load(address, 112));
  }
  const left = i32x4.add(i32x4.add(s0, s1), i32x4.add(s2, s3));
  const right = i32x4.add(i32x4.add(s4, s5), i32x4.add(s6, s7));
  const all = i32x4.add(left, right);
  let sum =
    i32x4.extract_lane(all, 0) +
    i32x4.extract_lane(all, 1) +
    i32x4.extract_lane(all, 2) +
    i32x4.extract_lane(all, 3);
  for (; address < end; address += 4) sum += load<i32>(address);
  return sum;
}
