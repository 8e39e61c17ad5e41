import { ip4, l2sq4 } from './distances';
import { idOf } from './rows';
import { listIsBelow } from './sq8';
import { push } from './topK';

/** @returns 0 if the list has a row number of `rowEnd` or above; nothing is done then */
export function rescore(
  byIp: bool,
  query: usize,
  rows: usize,
  rowStride: usize,
  d: u32,
  rowEnd: u32,
  list: usize,
  count: u32,
  ids: usize,
  topK: usize,
): u32 {
  if (!listIsBelow(list, count, rowEnd)) return 0;
  const end = list + ((<usize>count) << 2);
  for (; list < end; list += 16) {
    const left = (end - list) >> 2;
    // With fewer than four rows left, the first one pads the group.
    const n0 = load<u32>(list);
    const n1 = left > 1 ? load<u32>(list, 4) : n0;
    const n2 = left > 2 ? load<u32>(list, 8) : n0;
    const n3 = left > 3 ? load<u32>(list, 12) : n0;
    const r0 = rows + <usize>n0 * rowStride;
    const r1 = rows + <usize>n1 * rowStride;
    const r2 = rows + <usize>n2 * rowStride;
    const r3 = rows + <usize>n3 * rowStride;
    const keys = byIp ? f32x4.neg(ip4(query, r0, r1, r2, r3, d)) : l2sq4(query, r0, r1, r2, r3, d);
    push(topK, f32x4.extract_lane(keys, 0), idOf(ids, n0));
    if (left > 1) push(topK, f32x4.extract_lane(keys, 1), idOf(ids, n1));
    if (left > 2) push(topK, f32x4.extract_lane(keys, 2), idOf(ids, n2));
    if (left > 3) push(topK, f32x4.extract_lane(keys, 3), idOf(ids, n3));
  }
  return 1;
}
