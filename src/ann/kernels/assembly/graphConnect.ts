import { listAt, NONE, slotCount } from './graphLinks';
import { graphQueryRow, listKeys, rowEnd } from './graphRows';
import { keyOf, pairOf, pushGreatest, sortGreatest } from './pairs';

/**
 * Links a row with some of the found: the heuristic of Malkov and Yashunin, Algorithm 4, and back.
 *
 * @param foundBlock sorted
 * @param most links of the row
 * @param scratch `12 × (slots + 1)` bytes
 */
export function connect(row: u32, foundBlock: usize, most: u32, scratch: usize): void {
  const at = listAt(row);
  if (at == 0) return;
  const chosen = select(foundBlock + 8, load<u32>(foundBlock), row, most, at);
  for (let i: u32 = 0; i < chosen; i++) linkBack(load<u32>(at + ((<usize>i) << 2)), row, scratch);
}

/** Adds a link to a row; if its list is full, chooses anew among its links. */
function linkBack(from: u32, to: u32, scratch: usize): void {
  const at = listAt(from);
  if (at == 0) return;
  const slots = slotCount();
  const list = scratch + ((<usize>slots + 1) << 3);
  let count: u32 = 0;
  for (; count < slots; count++) {
    const row = load<u32>(at + ((<usize>count) << 2));
    if (row == to) return;
    if (row >= rowEnd()) break;
    store<u32>(list + ((<usize>count) << 2), row);
  }
  if (count < slots) {
    store<u32>(at + ((<usize>count) << 2), to);
    return;
  }
  store<u32>(list + ((<usize>count) << 2), to);
  relink(from, list, count + 1, scratch);
}

/**
 * Chooses a row's links among the rows of a list.
 *
 * @param pairs scratch, 8 bytes per row of the list
 */
export function relink(row: u32, list: usize, count: u32, pairs: usize): void {
  const at = listAt(row);
  if (at == 0) return;
  graphQueryRow(row);
  for (let i: u32 = 0; i < count; i += 4) {
    const left = min<u32>(count - i, 4);
    const keys = listKeys(list, left);
    push(pairs, i, f32x4.extract_lane(keys, 0), load<u32>(list));
    if (left > 1) push(pairs, i + 1, f32x4.extract_lane(keys, 1), load<u32>(list, 4));
    if (left > 2) push(pairs, i + 2, f32x4.extract_lane(keys, 2), load<u32>(list, 8));
    if (left > 3) push(pairs, i + 3, f32x4.extract_lane(keys, 3), load<u32>(list, 12));
    list += 16;
  }
  sortGreatest(pairs, count);
  select(pairs, count, row, slotCount(), at);
}

function push(pairs: usize, count: u32, key: f32, row: u32): void {
  pushGreatest(pairs, count, pairOf(key, row));
}

/**
 * Takes the nearest of the pairs that are nearer to the row than to any taken before; of those
 * equally near, copies of one vector, so few that other links fit.
 *
 * @param pairs sorted
 * @param to the row's list, filled up with `NONE`
 * @returns how many were taken
 */
function select(pairs: usize, count: u32, row: u32, most: u32, to: usize): u32 {
  let taken: u32 = 0;
  let lastKey: f32 = 0;
  let tied: u32 = 0;
  for (let i: u32 = 0; i < count && taken < most; i++) {
    const pair = load<u64>(pairs + ((<usize>i) << 3));
    const candidate = <u32>pair;
    if (candidate == row) continue;
    const key = keyOf(pair);
    if (key != lastKey) tied = 0;
    if ((tied > 0 && tied >= most >> 1) || (taken > 0 && isCovered(candidate, key, to, taken)))
      continue;
    lastKey = key;
    tied++;
    store<u32>(to + ((<usize>taken) << 2), candidate);
    taken++;
  }
  for (let i = taken; i < slotCount(); i++) store<u32>(to + ((<usize>i) << 2), NONE);
  return taken;
}

/** Whether a candidate is nearer to one of the taken than `key`. */
function isCovered(candidate: u32, key: f32, list: usize, taken: u32): bool {
  graphQueryRow(candidate);
  const limit = f32x4.splat(key);
  for (let i: u32 = 0; i < taken; i += 4) {
    const left = min<u32>(taken - i, 4);
    const keys = listKeys(list, left);
    if (i32x4.bitmask(f32x4.lt(keys, limit)) & ((1 << left) - 1)) return true;
    list += 16;
  }
  return false;
}
