import { push } from './topK';

/** The bits of rows `row` to `row + 3` in a bitmap with bits up to `rowEnd`. */
export function skipBits(skip: usize, row: u32, rowEnd: u32): u32 {
  const byte = skip + (row >> 3);
  const shift = row & 7;
  let bits = <u32>load<u8>(byte) >> shift;
  // The four bits extend into a second byte, which exists only if its rows do.
  if (shift > 4 && ((row >> 3) + 1) << 3 < rowEnd) bits |= (<u32>load<u8>(byte, 1)) << (8 - shift);
  return bits & 15;
}

/** One bit for each of rows `row` to `row + 3` that is below `rowEnd` and not skipped. */
export function rowsToCompare(skip: usize, row: u32, rowEnd: u32): u32 {
  const there: u32 = (1 << min<u32>(rowEnd - row, 4)) - 1;
  return skip == 0 ? there : there & ~skipBits(skip, row, rowEnd);
}

/** A row's id, or its number if there are no ids. */
export function idOf(ids: usize, row: u32): u32 {
  return ids == 0 ? row : load<u32>(ids + ((<usize>row) << 2));
}

/**
 * Offers those of rows `row` to `row + 3` whose bit is set in `near` to the heap, with keys `k0` to
 * `k3`.
 */
export function pushRows(
  topK: usize,
  k0: f32,
  k1: f32,
  k2: f32,
  k3: f32,
  near: u32,
  ids: usize,
  row: u32,
): void {
  if (near & 1) push(topK, k0, idOf(ids, row));
  if (near & 2) push(topK, k1, idOf(ids, row + 1));
  if (near & 4) push(topK, k2, idOf(ids, row + 2));
  if (near & 8) push(topK, k3, idOf(ids, row + 3));
}

/** The norms of rows `row` to `row + 3`, of which `left` are there. */
export function normsOf(norms: usize, row: u32, left: u32): v128 {
  const at = norms + ((<usize>row) << 2);
  if (left > 3) return v128.load(at);
  const first = load<f32>(at);
  const second = left > 1 ? load<f32>(at, 4) : first;
  return f32x4(first, second, left > 2 ? load<f32>(at, 8) : first, first);
}
