/**
 * The bounded heap of the best results so far, laid out as described in `../topK.ts`. The worst is
 * at the root, so one comparison decides whether a new result enters.
 */

const COUNT: usize = 0;
const CAPACITY: usize = 4;
const KEYS: usize = 8;

function worse(keyA: f32, idA: u32, keyB: f32, idB: u32): bool {
  return keyA > keyB || (keyA == keyB && idA > idB);
}

/** The key above which nothing can enter; infinite while there is room. */
export function bound(topK: usize): f32 {
  const full = load<u32>(topK, COUNT) >= load<u32>(topK, CAPACITY);
  return full ? load<f32>(topK, KEYS) : f32.POSITIVE_INFINITY;
}

/** Inserts (key, id) if it is among the best `capacity` so far. NaN keys never are. */
export function push(topK: usize, key: f32, id: u32): void {
  if (key != key) return;
  const count = load<u32>(topK, COUNT);
  const capacity = load<u32>(topK, CAPACITY);
  const keys = topK + KEYS;
  const ids = keys + ((<usize>capacity) << 2);
  if (count < capacity) {
    siftUp(keys, ids, count, key, id);
    store<u32>(topK, count + 1, COUNT);
  } else if (count > 0 && worse(load<f32>(keys), load<u32>(ids), key, id)) {
    siftDown(keys, ids, count, key, id);
  }
}

function siftUp(keys: usize, ids: usize, hole: u32, key: f32, id: u32): void {
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const parentKey = load<f32>(keys + ((<usize>parent) << 2));
    const parentId = load<u32>(ids + ((<usize>parent) << 2));
    if (!worse(key, id, parentKey, parentId)) break;
    store<f32>(keys + ((<usize>hole) << 2), parentKey);
    store<u32>(ids + ((<usize>hole) << 2), parentId);
    hole = parent;
  }
  store<f32>(keys + ((<usize>hole) << 2), key);
  store<u32>(ids + ((<usize>hole) << 2), id);
}

/**
 * Replaces the root with (key, id) and sifts it down. Which of two children is worse is
 * unpredictable, so it is computed without a branch: mispredictions at each level would cost more
 * than everything else here.
 */
function siftDown(keys: usize, ids: usize, count: u32, key: f32, id: u32): void {
  let hole: u32 = 0;
  let child: u32 = 1;
  while (child < count) {
    if (child + 1 < count) {
      const at = (<usize>child) << 2;
      const left = load<f32>(keys + at);
      const right = load<f32>(keys + at, 4);
      const higherId = load<u32>(ids + at, 4) > load<u32>(ids + at);
      child += <u32>(right > left) | (<u32>(right == left) & <u32>higherId);
    }
    const at = (<usize>child) << 2;
    const childKey = load<f32>(keys + at);
    const childId = load<u32>(ids + at);
    if (!worse(childKey, childId, key, id)) break;
    store<f32>(keys + ((<usize>hole) << 2), childKey);
    store<u32>(ids + ((<usize>hole) << 2), childId);
    hole = child;
    child = 2 * hole + 1;
  }
  store<f32>(keys + ((<usize>hole) << 2), key);
  store<u32>(ids + ((<usize>hole) << 2), id);
}
