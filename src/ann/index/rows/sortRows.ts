const DIGIT_BITS = 16;
const DIGITS = 2 ** DIGIT_BITS;
/** With fewer rows, counting the digits costs more than comparing. */
const FEWEST_COUNTED = DIGITS / 8;

/** The row numbers in the order of rising keys; rows of equal keys stay in the order of `rows`. */
export function sortRowsBy(keys: Uint32Array, rows: Uint32Array): Uint32Array<ArrayBuffer> {
  if (rows.length < FEWEST_COUNTED)
    return Uint32Array.from(rows).sort((a, b) => keys[a]! - keys[b]!);
  // Two passes of counting, the low half first: linear, and the same for any order of input.
  const half = countingPass(rows, DIGITS, (row) => keys[row]! & (DIGITS - 1));
  return countingPass(half, DIGITS, (row) => keys[row]! >>> DIGIT_BITS);
}

/** The row numbers `0 … n − 1` in the order of rising ids. */
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
