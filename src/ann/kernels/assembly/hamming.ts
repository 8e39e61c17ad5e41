/**
 * The nearest codes by Hamming distance. Most rows tie, so the bound is an integer and ties at it
 * are rejected at once: rows come in ascending order, and of equals the lower is the better.
 */

/** Rows of a block; byte `m` of all of them is contiguous. */
const BLOCK_ROWS: u32 = 64;
const MOST_BYTES: i32 = 32;
const MOST_DISTANCE: i32 = 256;

/** Each byte of the query, 16 times. */
const splats: usize = memory.data(MOST_BYTES * 16, 16);
/** The distances of a block's rows, 255 for more. */
const distances: usize = memory.data(64, 16);
/** How many entries there are at each distance. */
const counts: usize = memory.data((MOST_DISTANCE + 1) * 4, 16);

/** Entries below this distance are needed, those just below it perhaps not all. */
let limit: u32 = 0;
/** How many entries are below it. */
let kept: u32 = 0;

function countAt(distance: u32): usize {
  return counts + ((<usize>distance) << 2);
}

/** The bits of rows `block` to `block + 63` in a bitmap with bits up to `rowEnd`. */
function skipBits64(skip: usize, block: u32, rowEnd: u32): u64 {
  const from = skip + (block >> 3);
  const left = rowEnd - block;
  if (left > 56) return load<u64>(from);
  let bits: u64 = 0;
  for (let byte: u32 = 0; byte << 3 < left; byte++) {
    bits |= (<u64>load<u8>(from + byte)) << ((<u64>byte) << 3);
  }
  return bits;
}

/** The rows of a block whose distance to the query is at most `most`; stores all distances. */
function nearIn(codes: usize, codeBytes: u32, most: u32): u64 {
  const end = codes + ((<usize>codeBytes) << 6);
  let at = splats;
  let s0 = i8x16.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; codes < end; codes += 64, at += 16) {
    const q = v128.load(at);
    s0 = i8x16.add_sat_u(s0, i8x16.popcnt(v128.xor(v128.load(codes), q)));
    s1 = i8x16.add_sat_u(s1, i8x16.popcnt(v128.xor(v128.load(codes, 16), q)));
    s2 = i8x16.add_sat_u(s2, i8x16.popcnt(v128.xor(v128.load(codes, 32), q)));
    s3 = i8x16.add_sat_u(s3, i8x16.popcnt(v128.xor(v128.load(codes, 48), q)));
  }
  const limits = i8x16.splat(<i8>min(most, 255));
  const n0 = i8x16.le_u(s0, limits);
  const n1 = i8x16.le_u(s1, limits);
  const n2 = i8x16.le_u(s2, limits);
  const n3 = i8x16.le_u(s3, limits);
  if (!v128.any_true(v128.or(v128.or(n0, n1), v128.or(n2, n3)))) return 0;
  v128.store(distances, s0);
  v128.store(distances, s1, 16);
  v128.store(distances, s2, 32);
  v128.store(distances, s3, 48);
  const low = i8x16.bitmask(n0) | (i8x16.bitmask(n1) << 16);
  const high = i8x16.bitmask(n2) | (i8x16.bitmask(n3) << 16);
  return <u64>(<u32>low) | ((<u64>(<u32>high)) << 32);
}

function exactDistance(codes: usize, inBlock: u32, codeBytes: u32, query: usize): u32 {
  let sum: u32 = 0;
  for (let m: u32 = 0; m < codeBytes; m++) {
    sum += popcnt(<u32>load<u8>(codes + ((<usize>m) << 6) + inBlock) ^ <u32>load<u8>(query + m));
  }
  return sum;
}

/** Keeps the best `capacity` of the `count` entries, in order. */
function compact(entries: usize, count: u32, capacity: u32): u32 {
  const last = limit - 1;
  let room = capacity - (kept - load<u32>(countAt(last)));
  let to = entries;
  const end = entries + ((<usize>count) << 3);
  for (let from = entries; from < end; from += 8) {
    const distance = load<u32>(from);
    if (distance > last) continue;
    if (distance == last) {
      if (room == 0) continue;
      room--;
    }
    store<u64>(to, load<u64>(from));
    to += 8;
  }
  const left = <u32>((to - entries) >> 3);
  store<u32>(countAt(last), load<u32>(countAt(last)) - (kept - left));
  kept = left;
  return left;
}

export function scanHamming(
  codes: usize,
  skip: usize,
  rowCount: u32,
  query: usize,
  codeBytes: u32,
  capacity: u32,
  best: usize,
): u32 {
  for (let m: u32 = 0; m < codeBytes; m++) {
    v128.store(splats + ((<usize>m) << 4), v128.load8_splat(query + m));
  }
  memory.fill(counts, 0, (MOST_DISTANCE + 1) * 4);
  limit = MOST_DISTANCE + 1;
  kept = 0;
  const entries = best + 8 + ((<usize>capacity) << 3);
  const blockBytes = (<usize>codeBytes) << 6;
  let count: u32 = 0;
  let scanned: u32 = 0;
  // A row enters if its distance is below this.
  let below: u32 = capacity > 0 ? limit : 0;
  for (let block: u32 = 0; block < rowCount; block += BLOCK_ROWS, codes += blockBytes) {
    let passed: u64 = -1;
    if (rowCount - block < BLOCK_ROWS) passed = ((<u64>1) << (rowCount - block)) - 1;
    if (skip != 0) passed &= ~skipBits64(skip, block, rowCount);
    scanned += <u32>popcnt(passed);
    if (passed == 0 || below == 0) continue;
    passed &= nearIn(codes, codeBytes, below - 1);
    for (; passed != 0; passed &= passed - 1) {
      const inBlock = <u32>ctz(passed);
      let distance = <u32>load<u8>(distances + inBlock);
      if (distance == 255) distance = exactDistance(codes, inBlock, codeBytes, query);
      if (distance >= below) continue;
      if (count == 2 * capacity) count = compact(entries, count, capacity);
      const entry = entries + ((<usize>count) << 3);
      store<u32>(entry, distance);
      store<u32>(entry, block + inBlock, 4);
      count++;
      kept++;
      store<u32>(countAt(distance), load<u32>(countAt(distance)) + 1);
      while (kept - load<u32>(countAt(limit - 1)) >= capacity) {
        kept -= load<u32>(countAt(limit - 1));
        limit--;
      }
      below = kept >= capacity ? limit - 1 : limit;
    }
  }
  if (kept > capacity) count = compact(entries, count, capacity);
  store<u32>(best, kept);
  store<u32>(best, scanned, 4);
  sortEntries(entries, count, best + 8, capacity);
  return scanned;
}

/** Writes the entries by ascending distance, equal ones in order: rows, then distances. */
function sortEntries(entries: usize, count: u32, rows: usize, capacity: u32): void {
  let place: u32 = 0;
  for (let distance: u32 = 0; distance < limit; distance++) {
    const there = load<u32>(countAt(distance));
    store<u32>(countAt(distance), place);
    place += there;
  }
  const out = rows + ((<usize>capacity) << 2);
  const end = entries + ((<usize>count) << 3);
  for (let from = entries; from < end; from += 8) {
    const distance = load<u32>(from);
    // Not needed any more, but never removed.
    if (distance >= limit) continue;
    const at = (<usize>load<u32>(countAt(distance))) << 2;
    store<u32>(countAt(distance), load<u32>(countAt(distance)) + 1);
    store<u32>(rows + at, load<u32>(from, 4));
    store<u32>(out + at, distance);
  }
}
