import { listAt, slotCount } from './graphLinks';
import { listKeys, rowEnd } from './graphRows';
import {
  keyOf,
  pairOf,
  popLeast,
  pushGreatest,
  pushLeast,
  replaceGreatest,
  sortGreatest,
} from './pairs';

const COUNT: usize = 0;
const CAPACITY: usize = 4;
const PAIRS: usize = 8;

let hops: u32 = 0;

/** Rows expanded by the last `searchLayer`. */
export function graphHops(): u32 {
  return hops;
}

/** Appends a hop to the log, if there is one and it has room. */
function logHop(log: usize, pair: u64): void {
  hops++;
  if (log == 0) return;
  const count = load<u32>(log, COUNT);
  if (count == load<u32>(log, CAPACITY)) return;
  store<u64>(log + PAIRS + ((<usize>count) << 3), pair);
  store<u32>(log, count + 1, COUNT);
}

/* The state of one search of a layer. */
let found: usize = 0;
let foundCount: u32 = 0;
let candidates: usize = 0;
let candidateCount: u32 = 0;
let skipped: usize = 0;
let ef: u32 = 0;
/** Pairs from this on can't enter. */
let bound: u64 = 0;

/**
 * Searches a layer for the rows nearest to the query: Algorithm 2 of Malkov and Yashunin.
 *
 * @param entry where the walk starts
 * @param most rows to compare
 * @returns 0 if the candidates' block is too short; the found rows are unsorted then
 */
export function searchLayer(
  entry: u32,
  visited: usize,
  skip: usize,
  foundBlock: usize,
  candidateBlock: usize,
  list: usize,
  most: u32,
  log: usize,
): u32 {
  const end = rowEnd();
  const slots = slotCount();
  const capacity = load<u32>(candidateBlock, CAPACITY);
  found = foundBlock + PAIRS;
  foundCount = 0;
  candidates = candidateBlock + PAIRS;
  candidateCount = 0;
  skipped = skip;
  ef = load<u32>(foundBlock, CAPACITY);
  bound = u64.MAX_VALUE;
  hops = 0;
  memory.fill(visited, 0, (<usize>end + 7) >> 3);
  visit(visited, entry);
  store<u32>(list, entry);
  if (most > 0) offer(list, 1);
  let compared: u32 = 1;
  while (candidateCount > 0) {
    const next = popLeast(candidates, candidateCount);
    candidateCount--;
    if (next > bound) break;
    logHop(log, next);
    let at = listAt(<u32>next);
    if (at == 0) continue;
    let count: u32 = 0;
    for (const listEnd = at + ((<usize>slots) << 2); at < listEnd; at += 4) {
      const row = load<u32>(at);
      if (row >= end) break;
      if (!visit(visited, row)) continue;
      store<u32>(list + ((<usize>count) << 2), row);
      count++;
    }
    if (count > most - compared) count = most - compared;
    compared += count;
    if (candidateCount + count > capacity) return 0;
    offer(list, count);
    if (compared >= most) break;
  }
  store<u32>(foundBlock, foundCount, COUNT);
  sortGreatest(found, foundCount);
  return 1;
}

/** Marks a row as visited; returns whether it wasn't before. */
function visit(visited: usize, row: u32): bool {
  const at = visited + (row >> 3);
  const bits = <u32>load<u8>(at);
  const bit: u32 = 1 << (row & 7);
  store<u8>(at, <u8>(bits | bit));
  return (bits & bit) == 0;
}

/** Compares the rows of a list with the query. */
function offer(list: usize, count: u32): void {
  for (let i: u32 = 0; i < count; i += 4) {
    const left = min<u32>(count - i, 4);
    const keys = listKeys(list, left);
    const limit = f32x4.splat(foundCount < ef ? f32.POSITIVE_INFINITY : keyOf(bound));
    // Not above the bound: an equal key may still win by its row. NaN compares false.
    const near = i32x4.bitmask(f32x4.le(keys, limit)) & ((1 << left) - 1);
    if (near & 1) admit(f32x4.extract_lane(keys, 0), load<u32>(list));
    if (near & 2) admit(f32x4.extract_lane(keys, 1), load<u32>(list, 4));
    if (near & 4) admit(f32x4.extract_lane(keys, 2), load<u32>(list, 8));
    if (near & 8) admit(f32x4.extract_lane(keys, 3), load<u32>(list, 12));
    list += 16;
  }
}

/** Takes a row among the candidates and, unless it is skipped, the found, if it is near enough. */
function admit(key: f32, row: u32): void {
  const pair = pairOf(key, row);
  if (pair >= bound) return;
  pushLeast(candidates, candidateCount, pair);
  candidateCount++;
  if (skipped != 0 && (load<u8>(skipped + (row >> 3)) >> (row & 7)) & 1) return;
  if (foundCount < ef) {
    pushGreatest(found, foundCount, pair);
    foundCount++;
  } else {
    replaceGreatest(found, foundCount, pair);
  }
  if (foundCount == ef) bound = load<u64>(found);
}
