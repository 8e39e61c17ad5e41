import { ip4, l2sq4 } from './distances';
import { pushRows, rowsToCompare } from './rows';
import { bound } from './topK';

function scan(
  query: usize,
  vectors: usize,
  ids: usize,
  skip: usize,
  d: u32,
  firstRow: u32,
  rowCount: u32,
  topK: usize,
  byIp: bool,
): u32 {
  const stride = (<usize>d) << 2;
  const rowEnd = firstRow + rowCount;
  let scanned: u32 = 0;
  let limit = f32x4.splat(bound(topK));
  for (let row = firstRow; row < rowEnd; row += 4) {
    const left = min<u32>(rowEnd - row, 4);
    const passed = rowsToCompare(skip, row, rowEnd);
    if (passed == 0) continue;
    scanned += popcnt(passed);

    // With fewer than four rows left, the first one pads the group.
    const r0 = vectors + <usize>row * stride;
    const r1 = left > 1 ? r0 + stride : r0;
    const r2 = left > 2 ? r1 + stride : r0;
    const r3 = left > 3 ? r2 + stride : r0;
    const keys = byIp ? f32x4.neg(ip4(query, r0, r1, r2, r3, d)) : l2sq4(query, r0, r1, r2, r3, d);

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

export function scanIp(
  query: usize,
  vectors: usize,
  ids: usize,
  skip: usize,
  d: u32,
  firstRow: u32,
  rowCount: u32,
  topK: usize,
): u32 {
  return scan(query, vectors, ids, skip, d, firstRow, rowCount, topK, true);
}

export function scanL2sq(
  query: usize,
  vectors: usize,
  ids: usize,
  skip: usize,
  d: u32,
  firstRow: u32,
  rowCount: u32,
  topK: usize,
): u32 {
  return scan(query, vectors, ids, skip, d, firstRow, rowCount, topK, false);
}
