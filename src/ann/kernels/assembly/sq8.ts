import { idOf, normsOf, pushRows, rowsToCompare } from './rows';
import { bound, push } from './topK';

export function encodeSq8(
  rows: usize,
  rowStride: usize,
  d: u32,
  count: u32,
  scales: usize,
  codes: usize,
): void {
  const whole = d & ~3;
  for (; count > 0; count--) {
    let i: u32 = 0;
    for (; i < whole; i += 4) {
      const at = (<usize>i) << 2;
      const wide = code4(v128.load(rows + at), v128.load(scales + at));
      const narrow = i16x8.narrow_i32x4_s(wide, wide);
      store<u32>(codes + i, i32x4.extract_lane(i8x16.narrow_i16x8_s(narrow, narrow), 0));
    }
    for (; i < d; i++) {
      const at = (<usize>i) << 2;
      const wide = code4(v128.load32_splat(rows + at), v128.load32_splat(scales + at));
      store<i8>(codes + i, <i8>i32x4.extract_lane(wide, 0));
    }
    rows += rowStride;
    codes += d;
  }
}

/** Four components' codes; NaN, as from 0 / 0, becomes 0. */
function code4(x: v128, scale: v128): v128 {
  const whole = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.div(x, scale)));
  const within = i32x4.max_s(i32x4.min_s(whole, i32x4.splat(127)), i32x4.splat(-127));
  return v128.and(within, f32x4.gt(scale, f32x4.splat(0)));
}

export function prepareSq8(query: usize, scales: usize, d: u32, limit: i32, query16: usize): f32 {
  const bytes = (<usize>d) << 2;
  let largest: f32 = 0;
  for (let at: usize = 0; at < bytes; at += 4) {
    largest = max(largest, abs(load<f32>(query + at) * load<f32>(scales + at)));
  }
  const factor: f32 = largest / <f32>limit;
  for (let at: usize = 0; at < bytes; at += 4) {
    let whole: i32 = 0;
    if (factor > 0) {
      const x = load<f32>(query + at) * load<f32>(scales + at);
      whole = i32x4.extract_lane(i32x4.trunc_sat_f32x4_s(f32x4.splat(nearest<f32>(x / factor))), 0);
      whole = max(-limit, min(limit, whole));
    }
    store<i16>(query16 + (at >> 1), <i16>whole);
  }
  return factor;
}

export function scanSq8(
  codes: usize,
  ids: usize,
  skip: usize,
  firstRow: u32,
  rowCount: u32,
  d: u32,
  query16: usize,
  factor: f32,
  norms: usize,
  base: f32,
  topK: usize,
): u32 {
  const rowEnd = firstRow + rowCount;
  const factors = f32x4.splat(factor);
  const bases = f32x4.splat(base);
  let scanned: u32 = 0;
  let limit = f32x4.splat(bound(topK));
  for (let row = firstRow; row < rowEnd; row += 4) {
    const passed = rowsToCompare(skip, row, rowEnd);
    if (passed == 0) continue;
    scanned += popcnt(passed);
    // With fewer than four rows left, the first one pads the group.
    const left = rowEnd - row;
    const r0 = codes + <usize>row * d;
    const r1 = left > 1 ? r0 + d : r0;
    const r2 = left > 2 ? r1 + d : r0;
    const r3 = left > 3 ? r2 + d : r0;
    const products = f32x4.mul(factors, f32x4.convert_i32x4_s(dot4(query16, r0, r1, r2, r3, d)));
    let from = bases;
    if (norms != 0) from = f32x4.add(bases, normsOf(norms, row, left));
    const keys = f32x4.add(from, products);
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

/** The integer products of the query with four rows of codes. */
export function dot4(query16: usize, r0: usize, r1: usize, r2: usize, r3: usize, d: u32): v128 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let e = a;
  const end = r0 + d;
  const whole16 = r0 + (d & ~15);
  const whole8 = r0 + (d & ~7);
  while (r0 < whole16) {
    const q0 = v128.load(query16);
    const q1 = v128.load(query16, 16);
    a = i32x4.add(a, i32x4.dot_i16x8_s(q0, v128.load8x8_s(r0)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(q0, v128.load8x8_s(r1)));
    c = i32x4.add(c, i32x4.dot_i16x8_s(q0, v128.load8x8_s(r2)));
    e = i32x4.add(e, i32x4.dot_i16x8_s(q0, v128.load8x8_s(r3)));
    a = i32x4.add(a, i32x4.dot_i16x8_s(q1, v128.load8x8_s(r0, 8)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(q1, v128.load8x8_s(r1, 8)));
    c = i32x4.add(c, i32x4.dot_i16x8_s(q1, v128.load8x8_s(r2, 8)));
    e = i32x4.add(e, i32x4.dot_i16x8_s(q1, v128.load8x8_s(r3, 8)));
    query16 += 32;
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
  }
  if (r0 < whole8) {
    const q = v128.load(query16);
    a = i32x4.add(a, i32x4.dot_i16x8_s(q, v128.load8x8_s(r0)));
    b = i32x4.add(b, i32x4.dot_i16x8_s(q, v128.load8x8_s(r1)));
    c = i32x4.add(c, i32x4.dot_i16x8_s(q, v128.load8x8_s(r2)));
    e = i32x4.add(e, i32x4.dot_i16x8_s(q, v128.load8x8_s(r3)));
    query16 += 16;
    r0 += 8;
    r1 += 8;
    r2 += 8;
    r3 += 8;
  }
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const ce = i32x4.add(v128.shuffle<i32>(c, e, 0, 4, 1, 5), v128.shuffle<i32>(c, e, 2, 6, 3, 7));
  let sums = i32x4.add(
    v128.shuffle<i32>(ab, ce, 0, 1, 4, 5),
    v128.shuffle<i32>(ab, ce, 2, 3, 6, 7),
  );
  while (r0 < end) {
    const codes = i32x4(load<i8>(r0), load<i8>(r1), load<i8>(r2), load<i8>(r3));
    sums = i32x4.add(sums, i32x4.mul(i32x4.splat(load<i16>(query16)), codes));
    query16 += 2;
    r0++;
    r1++;
    r2++;
    r3++;
  }
  return sums;
}

/** @returns 0 if the list has a row number of `rowEnd` or above; nothing is done then */
export function rescoreSq8(
  list: usize,
  count: u32,
  rowEnd: u32,
  codes: usize,
  ids: usize,
  skip: usize,
  d: u32,
  query16: usize,
  factor: f32,
  norms: usize,
  base: f32,
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
    const sums = dot4(
      query16,
      codes + <usize>n0 * d,
      codes + <usize>n1 * d,
      codes + <usize>n2 * d,
      codes + <usize>n3 * d,
      d,
    );
    let from = f32x4.splat(base);
    if (norms != 0) {
      from = f32x4.add(
        from,
        f32x4(normOf(norms, n0), normOf(norms, n1), normOf(norms, n2), normOf(norms, n3)),
      );
    }
    const keys = f32x4.add(from, f32x4.mul(f32x4.splat(factor), f32x4.convert_i32x4_s(sums)));
    pushListed(topK, f32x4.extract_lane(keys, 0), ids, skip, n0);
    if (left > 1) pushListed(topK, f32x4.extract_lane(keys, 1), ids, skip, n1);
    if (left > 2) pushListed(topK, f32x4.extract_lane(keys, 2), ids, skip, n2);
    if (left > 3) pushListed(topK, f32x4.extract_lane(keys, 3), ids, skip, n3);
  }
  return 1;
}

function normOf(norms: usize, row: u32): f32 {
  return load<f32>(norms + ((<usize>row) << 2));
}

function pushListed(topK: usize, key: f32, ids: usize, skip: usize, row: u32): void {
  if (skip != 0 && (load<u8>(skip + (row >> 3)) >> (row & 7)) & 1) return;
  push(topK, key, idOf(ids, row));
}

/** Whether all row numbers of the list are below `rowEnd`. */
export function listIsBelow(list: usize, count: u32, rowEnd: u32): bool {
  const end = list + ((<usize>count) << 2);
  for (; list < end; list += 4) if (load<u32>(list) >= rowEnd) return false;
  return true;
}
