import { idOf } from './rows';
import { bound, push } from './topK';

/** The 16-bit sums of a block's 32 rows, in order. */
const sums: usize = memory.data(64, 16);

/** The rows of a block that may enter the heap, as one bit each, set for sums up to `most`. */
function sumBlock(codes: usize, lut: usize, M: u32, most: u32): u32 {
  const nibble = i8x16.splat(15);
  let low = i16x8.splat(0);
  let lowOdd = low;
  let high = low;
  let highOdd = low;
  const end = codes + ((<usize>M) << 4);
  const wholePairs = codes + ((<usize>M & ~1) << 4);
  // Deferred widening: two rows' bytes are added as one 16-bit number, and the odd row's once more
  // separately; what the odd rows contributed to the even rows' sums is then known and subtracted
  // below. Two sub-quantizers per iteration, since loop overhead is noticeable.
  while (codes < wholePairs) {
    const entries0 = v128.load(lut);
    const packed0 = v128.load(codes);
    const lows0 = i8x16.swizzle(entries0, v128.and(packed0, nibble));
    const highs0 = i8x16.swizzle(entries0, v128.and(i16x8.shr_u(packed0, 4), nibble));
    low = i16x8.add(low, lows0);
    lowOdd = i16x8.add(lowOdd, i16x8.shr_u(lows0, 8));
    high = i16x8.add(high, highs0);
    highOdd = i16x8.add(highOdd, i16x8.shr_u(highs0, 8));
    const entries1 = v128.load(lut, 16);
    const packed1 = v128.load(codes, 16);
    const lows1 = i8x16.swizzle(entries1, v128.and(packed1, nibble));
    const highs1 = i8x16.swizzle(entries1, v128.and(i16x8.shr_u(packed1, 4), nibble));
    low = i16x8.add(low, lows1);
    lowOdd = i16x8.add(lowOdd, i16x8.shr_u(lows1, 8));
    high = i16x8.add(high, highs1);
    highOdd = i16x8.add(highOdd, i16x8.shr_u(highs1, 8));
    codes += 32;
    lut += 32;
  }
  if (codes < end) {
    const entries = v128.load(lut);
    const packed = v128.load(codes);
    const lows = i8x16.swizzle(entries, v128.and(packed, nibble));
    const highs = i8x16.swizzle(entries, v128.and(i16x8.shr_u(packed, 4), nibble));
    low = i16x8.add(low, lows);
    lowOdd = i16x8.add(lowOdd, i16x8.shr_u(lows, 8));
    high = i16x8.add(high, highs);
    highOdd = i16x8.add(highOdd, i16x8.shr_u(highs, 8));
  }
  const lowEven = i16x8.sub(low, i16x8.shl(lowOdd, 8));
  const highEven = i16x8.sub(high, i16x8.shl(highOdd, 8));
  const limit = i16x8.splat(<i16>most);
  const evenBytes = i16x8.splat(255);
  const nearLow = i8x16.bitmask(
    v128.bitselect(i16x8.le_u(lowEven, limit), i16x8.le_u(lowOdd, limit), evenBytes),
  );
  const nearHigh = i8x16.bitmask(
    v128.bitselect(i16x8.le_u(highEven, limit), i16x8.le_u(highOdd, limit), evenBytes),
  );
  const near = nearLow | (nearHigh << 16);
  if (near != 0) {
    v128.store(sums, v128.shuffle<i16>(lowEven, lowOdd, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(sums, v128.shuffle<i16>(lowEven, lowOdd, 4, 12, 5, 13, 6, 14, 7, 15), 16);
    v128.store(sums, v128.shuffle<i16>(highEven, highOdd, 0, 8, 1, 9, 2, 10, 3, 11), 32);
    v128.store(sums, v128.shuffle<i16>(highEven, highOdd, 4, 12, 5, 13, 6, 14, 7, 15), 48);
  }
  return near;
}

/**
 * The largest sum whose key can enter the heap. Slightly too large to allow for rounding keys to
 * float32, since candidates are compared again by key.
 */
function largestSum(topK: usize, scale: f32, base: f32): u32 {
  const limit = <f64>bound(topK);
  const finite = abs(limit) < Infinity && abs(base) < Infinity && scale < Infinity;
  if (!finite || !(scale > 0)) return 65535;
  const slack = 1e-6 * (abs(limit) + abs(<f64>base)) + 1e-37;
  const sum = (limit - <f64>base + slack) / <f64>scale + 1;
  if (sum < 0) return 0;
  return sum < 65535 ? <u32>sum : 65535;
}

/** The bits of rows `block` to `block + 31` in a bitmap with bits up to `rowEnd`. */
function skipBits32(skip: usize, block: u32, rowEnd: u32): u32 {
  const from = skip + (block >> 3);
  const left = rowEnd - block;
  if (left > 24) return load<u32>(from);
  let bits = <u32>load<u8>(from);
  if (left > 8) bits |= (<u32>load<u8>(from, 1)) << 8;
  if (left > 16) bits |= (<u32>load<u8>(from, 2)) << 16;
  return bits;
}

/** One bit for each of rows `block` to `block + 31` that is in the range and not skipped. */
function rowsOfBlock(skip: usize, block: u32, firstRow: u32, rowEnd: u32): u32 {
  let passed: u32 = 0xffffffff;
  if (block < firstRow) passed <<= firstRow - block;
  if (rowEnd - block < 32) passed &= (1 << (rowEnd - block)) - 1;
  return skip == 0 ? passed : passed & ~skipBits32(skip, block, rowEnd);
}

/** The keys of a block's 32 rows, in order. */
const keys: usize = memory.data(128, 16);

/**
 * Computes a block's keys from its sums. Returns the rows whose key is not above the limit, as one
 * bit each: an equal key may still win by its id; NaN compares false.
 */
function keyBlock(norms: usize, base: v128, scale: v128, limit: v128): u32 {
  let near: u32 = 0;
  for (let four: u32 = 0; four < 8; four++) {
    const at = (<usize>four) << 4;
    const four32 = f32x4.convert_i32x4_s(v128.load16x4_u(sums + (at >> 1)));
    const from = f32x4.add(base, v128.load(norms + at));
    const fourKeys = f32x4.add(from, f32x4.mul(scale, four32));
    v128.store(keys + at, fourKeys);
    near |= (<u32>i32x4.bitmask(f32x4.le(fourKeys, limit))) << (four << 2);
  }
  return near;
}

/** As `scanPq4`, with norms: they decide which rows are near as much as the sums do. */
function scanNormed(
  codes: usize,
  ids: usize,
  skip: usize,
  firstRow: u32,
  rowCount: u32,
  lut: usize,
  M: u32,
  scale: f32,
  base: f32,
  norms: usize,
  topK: usize,
): u32 {
  const rowEnd = firstRow + rowCount;
  const blockBytes = (<usize>M) << 4;
  const bases = f32x4.splat(base);
  const scales = f32x4.splat(scale);
  let scanned: u32 = 0;
  let limit = f32x4.splat(bound(topK));
  for (let block = firstRow & ~31; block < rowEnd; block += 32) {
    const passed = rowsOfBlock(skip, block, firstRow, rowEnd);
    if (passed == 0) continue;
    scanned += popcnt(passed);
    sumBlock(codes + <usize>(block >> 5) * blockBytes, lut, M, 65535);
    let near = passed & keyBlock(norms + ((<usize>block) << 2), bases, scales, limit);
    if (near == 0) continue;
    for (; near != 0; near &= near - 1) {
      const inBlock = ctz(near);
      push(topK, load<f32>(keys + ((<usize>inBlock) << 2)), idOf(ids, block + inBlock));
    }
    limit = f32x4.splat(bound(topK));
  }
  return scanned;
}

export function scanPq4(
  codes: usize,
  ids: usize,
  skip: usize,
  firstRow: u32,
  rowCount: u32,
  lut: usize,
  M: u32,
  scale: f32,
  base: f32,
  norms: usize,
  topK: usize,
): u32 {
  if (norms != 0) {
    return scanNormed(codes, ids, skip, firstRow, rowCount, lut, M, scale, base, norms, topK);
  }
  const rowEnd = firstRow + rowCount;
  const blockBytes = (<usize>M) << 4;
  let scanned: u32 = 0;
  let most = largestSum(topK, scale, base);
  for (let block = firstRow & ~31; block < rowEnd; block += 32) {
    const passed = rowsOfBlock(skip, block, firstRow, rowEnd);
    if (passed == 0) continue;
    scanned += popcnt(passed);
    let near = passed & sumBlock(codes + <usize>(block >> 5) * blockBytes, lut, M, most);
    if (near == 0) continue;
    for (; near != 0; near &= near - 1) {
      const inBlock = ctz(near);
      const sum = <f32>(<u32>load<u16>(sums + ((<usize>inBlock) << 1)));
      push(topK, base + scale * sum, idOf(ids, block + inBlock));
    }
    most = largestSum(topK, scale, base);
  }
  return scanned;
}

/** `bias` and `scale` of the last `quantizeTable`. */
let bias: f32 = 0;
let scale: f32 = 0;

export function lutBias(): f32 {
  return bias;
}

export function lutScale(): f32 {
  return scale;
}

export function quantizeTable(table: usize, M: u32, lut: usize): void {
  const end = table + ((<usize>M) << 6);
  let widest: f32 = 0;
  bias = 0;
  for (let at = table; at < end; at += 64) {
    const least = leastOf16(at);
    bias += least;
    widest = max(widest, mostOf16(at) - least);
  }
  scale = widest / 255;
  for (let at = table; at < end; at += 64, lut += 16) {
    if (!(scale > 0)) {
      v128.store(lut, i8x16.splat(0));
      continue;
    }
    const least = f32x4.splat(leastOf16(at));
    const by = f32x4.splat(scale);
    const e0 = i32x4.trunc_sat_f32x4_s(round(v128.load(at), least, by));
    const e1 = i32x4.trunc_sat_f32x4_s(round(v128.load(at, 16), least, by));
    const e2 = i32x4.trunc_sat_f32x4_s(round(v128.load(at, 32), least, by));
    const e3 = i32x4.trunc_sat_f32x4_s(round(v128.load(at, 48), least, by));
    v128.store(
      lut,
      i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(e0, e1), i16x8.narrow_i32x4_s(e2, e3)),
    );
  }
}

function round(entries: v128, least: v128, by: v128): v128 {
  return f32x4.nearest(f32x4.div(f32x4.sub(entries, least), by));
}

function leastOf16(at: usize): f32 {
  const a = f32x4.min(v128.load(at), v128.load(at, 16));
  const b = f32x4.min(a, f32x4.min(v128.load(at, 32), v128.load(at, 48)));
  return min(
    min(f32x4.extract_lane(b, 0), f32x4.extract_lane(b, 1)),
    min(f32x4.extract_lane(b, 2), f32x4.extract_lane(b, 3)),
  );
}

function mostOf16(at: usize): f32 {
  const a = f32x4.max(v128.load(at), v128.load(at, 16));
  const b = f32x4.max(a, f32x4.max(v128.load(at, 32), v128.load(at, 48)));
  return max(
    max(f32x4.extract_lane(b, 0), f32x4.extract_lane(b, 1)),
    max(f32x4.extract_lane(b, 2), f32x4.extract_lane(b, 3)),
  );
}
