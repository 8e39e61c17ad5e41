import { normsOf, pushRows, rowsToCompare } from './rows';
import { bound } from './topK';

/** Bytes of the table per sub-quantizer: 256 float32. */
const SUB_TABLE: usize = 1024;

/**
 * Four rows in parallel: the additions of one row depend on each other, so a single row would stall
 * on each.
 */
export function scanPq8(
  codes: usize,
  ids: usize,
  skip: usize,
  firstRow: u32,
  rowCount: u32,
  table: usize,
  M: u32,
  base: f32,
  norms: usize,
  topK: usize,
): u32 {
  const rowEnd = firstRow + rowCount;
  const bases = f32x4.splat(base);
  let scanned: u32 = 0;
  let limit = f32x4.splat(bound(topK));
  for (let row = firstRow; row < rowEnd; row += 4) {
    const passed = rowsToCompare(skip, row, rowEnd);
    if (passed == 0) continue;
    scanned += popcnt(passed);
    // With fewer than four rows left, the first one pads the group.
    const left = rowEnd - row;
    const r0 = codes + <usize>row * M;
    const r1 = left > 1 ? r0 + M : r0;
    const r2 = left > 2 ? r1 + M : r0;
    const r3 = left > 3 ? r2 + M : r0;
    const from = norms == 0 ? bases : f32x4.add(bases, normsOf(norms, row, left));
    const keys = f32x4.add(from, lookUp4(r0, r1, r2, r3, table, M));
    // Not above the bound: an equal key may still win by its id. NaN compares false.
    const near = passed & i32x4.bitmask(f32x4.le(keys, limit));
    if (near == 0) continue;
    pushRows(
      topK,
      f32x4.extract_lane(keys, 0),
      f32x4.extract_lane(keys, 1),
      f32x4.extract_lane(keys, 2),
      f32x4.extract_lane(keys, 3),
      near,
      ids,
      row,
    );
    limit = f32x4.splat(bound(topK));
  }
  return scanned;
}

/** The sums of table entries for four codes. */
function lookUp4(r0: usize, r1: usize, r2: usize, r3: usize, table: usize, M: u32): v128 {
  let s0: f32 = 0;
  let s1: f32 = 0;
  let s2: f32 = 0;
  let s3: f32 = 0;
  const end = r0 + M;
  const whole = r0 + (M & ~3);
  while (r0 < whole) {
    const c0 = load<u32>(r0);
    const c1 = load<u32>(r1);
    const c2 = load<u32>(r2);
    const c3 = load<u32>(r3);
    s0 += load<f32>(table + ((c0 & 255) << 2));
    s1 += load<f32>(table + ((c1 & 255) << 2));
    s2 += load<f32>(table + ((c2 & 255) << 2));
    s3 += load<f32>(table + ((c3 & 255) << 2));
    s0 += load<f32>(table + (((c0 >> 8) & 255) << 2), 1024);
    s1 += load<f32>(table + (((c1 >> 8) & 255) << 2), 1024);
    s2 += load<f32>(table + (((c2 >> 8) & 255) << 2), 1024);
    s3 += load<f32>(table + (((c3 >> 8) & 255) << 2), 1024);
    s0 += load<f32>(table + (((c0 >> 16) & 255) << 2), 2048);
    s1 += load<f32>(table + (((c1 >> 16) & 255) << 2), 2048);
    s2 += load<f32>(table + (((c2 >> 16) & 255) << 2), 2048);
    s3 += load<f32>(table + (((c3 >> 16) & 255) << 2), 2048);
    s0 += load<f32>(table + ((c0 >> 24) << 2), 3072);
    s1 += load<f32>(table + ((c1 >> 24) << 2), 3072);
    s2 += load<f32>(table + ((c2 >> 24) << 2), 3072);
    s3 += load<f32>(table + ((c3 >> 24) << 2), 3072);
    table += 4 * SUB_TABLE;
    r0 += 4;
    r1 += 4;
    r2 += 4;
    r3 += 4;
  }
  while (r0 < end) {
    s0 += load<f32>(table + ((<usize>load<u8>(r0)) << 2));
    s1 += load<f32>(table + ((<usize>load<u8>(r1)) << 2));
    s2 += load<f32>(table + ((<usize>load<u8>(r2)) << 2));
    s3 += load<f32>(table + ((<usize>load<u8>(r3)) << 2));
    table += SUB_TABLE;
    r0++;
    r1++;
    r2++;
    r3++;
  }
  return f32x4(s0, s1, s2, s3);
}
