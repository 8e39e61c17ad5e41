const DIGIT_BITS = 16;
const DIGITS = 2 ** DIGIT_BITS;
/** Below this many rows, counting digits costs more than comparing. */
const FEWEST_COUNTED = DIGITS / 8;

/** Sorts row numbers by ascending key, stably. */
export function sortRowsBy(keys: Uint32Array, rows: Uint32Array): Uint32Array<ArrayBuffer> {
  if (rows.length < FEWEST_COUNTED)
    return Uint32Array.from(rows).sort((a, b) => keys[a]! - keys[b]!);
  // Two counting passes, low half first: linear, whatever the input order.
  const half = countingPass(rows, DIGITS, (row) => keys[row]! & (DIGITS - 1));
  return countingPass(half, DIGITS, (row) => keys[row]! >>> DIGIT_BITS);
}

/** Row numbers `0 … n − 1`, sorted by ascending id. */
export function rowsById(ids: Uint32Array): Uint32Array<ArrayBuffer> {
  return sortRowsBy(ids, Uint32Array.from(ids.keys()));
}

function countingPass(
  rows: Uint32Array,
  digits: number,
  digitOf: (row: number) => number,
): Uint32Array<ArrayBuffer> {
  const places = new Uint32Array(digits + 1);
  for (const row of rows) places[digitOf(row) + 1]!++;
  for (let digit = 0; digit < digits; digit++) places[digit + 1]! += places[digit]!;
  const sorted = new Uint32Array(rows.length);
  for (const row of rows) {
    const digit = digitOf(row);
    sorted[places[digit]!++] = row;
  }
  return sorted;
}
