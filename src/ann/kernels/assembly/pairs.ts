/**
 * A row with its key, packed into one integer that sorts by key and then row: the key's bits, mapped
 * so that they sort as the key does, in the upper half, the row in the lower.
 */
export function pairOf(key: f32, row: u32): u64 {
  // Adding 0 turns −0, which would sort below 0, into 0.
  const bits = reinterpret<i32>(key + 0);
  const sortable = <u32>(bits ^ ((bits >> 31) | i32.MIN_VALUE));
  return ((<u64>sortable) << 32) | <u64>row;
}

export function keyOf(pair: u64): f32 {
  const sortable = <i32>(<u32>(pair >> 32));
  return reinterpret<f32>(sortable < 0 ? sortable ^ i32.MIN_VALUE : ~sortable);
}

/** Inserts a pair into a binary heap of `count` with the greatest at its root. */
export function pushGreatest(heap: usize, count: u32, pair: u64): void {
  let hole = count;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const above = load<u64>(heap + ((<usize>parent) << 3));
    if (above >= pair) break;
    store<u64>(heap + ((<usize>hole) << 3), above);
    hole = parent;
  }
  store<u64>(heap + ((<usize>hole) << 3), pair);
}

/** Replaces the root of such a heap. */
export function replaceGreatest(heap: usize, count: u32, pair: u64): void {
  let hole: u32 = 0;
  let child: u32 = 1;
  while (child < count) {
    const at = heap + ((<usize>child) << 3);
    let below = load<u64>(at);
    if (child + 1 < count) {
      // Which of two children is greater is unpredictable, so it takes no branch.
      const right = load<u64>(at, 8);
      child += <u32>(right > below);
      below = max<u64>(below, right);
    }
    if (below <= pair) break;
    store<u64>(heap + ((<usize>hole) << 3), below);
    hole = child;
    child = 2 * hole + 1;
  }
  store<u64>(heap + ((<usize>hole) << 3), pair);
}

/** Sorts such a heap, ascending. */
export function sortGreatest(heap: usize, count: u32): void {
  for (let last = count; last > 1; ) {
    last--;
    const at = heap + ((<usize>last) << 3);
    const pair = load<u64>(at);
    store<u64>(at, load<u64>(heap));
    replaceGreatest(heap, last, pair);
  }
}

/** Inserts a pair into a binary heap of `count` with the least at its root. */
export function pushLeast(heap: usize, count: u32, pair: u64): void {
  let hole = count;
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const above = load<u64>(heap + ((<usize>parent) << 3));
    if (above <= pair) break;
    store<u64>(heap + ((<usize>hole) << 3), above);
    hole = parent;
  }
  store<u64>(heap + ((<usize>hole) << 3), pair);
}

/** Removes and returns the root of such a heap of `count`, at least 1. */
export function popLeast(heap: usize, count: u32): u64 {
  const root = load<u64>(heap);
  count--;
  const pair = load<u64>(heap + ((<usize>count) << 3));
  let hole: u32 = 0;
  let child: u32 = 1;
  while (child < count) {
    const at = heap + ((<usize>child) << 3);
    let below = load<u64>(at);
    if (child + 1 < count) {
      const right = load<u64>(at, 8);
      child += <u32>(right < below);
      below = min<u64>(below, right);
    }
    if (below >= pair) break;
    store<u64>(heap + ((<usize>hole) << 3), below);
    hole = child;
    child = 2 * hole + 1;
  }
  store<u64>(heap + ((<usize>hole) << 3), pair);
  return root;
}
