/**
 * The baseline of the code scans: asymmetric distance computation over 16-byte codes in plain
 * JavaScript, with 16 unrolled lookups and the `k` best in a binary heap.
 *
 * @returns a scan of `n × 16` codes with a table of `16 × 256` float32; it returns the best rows,
 *   unordered
 */
export function createAdc8Scan(k: number) {
  const keys = new Float64Array(k);
  const rows = new Uint32Array(k);

  /** Replaces the root, the worst entry, and sifts it down. */
  function replaceWorst(key: number, row: number): void {
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= k) break;
      if (child + 1 < k && keys[child + 1]! > keys[child]!) child++;
      if (keys[child]! <= key) break;
      keys[hole] = keys[child]!;
      rows[hole] = rows[child]!;
      hole = child;
    }
    keys[hole] = key;
    rows[hole] = row;
  }

  return (codes: Uint8Array, table: Float32Array, n: number): Uint32Array => {
    keys.fill(Number.POSITIVE_INFINITY);
    let worst = Number.POSITIVE_INFINITY;
    for (let row = 0, at = 0; row < n; row++, at += 16) {
      const key =
        table[codes[at]!]! +
        table[256 + codes[at + 1]!]! +
        table[512 + codes[at + 2]!]! +
        table[768 + codes[at + 3]!]! +
        table[1024 + codes[at + 4]!]! +
        table[1280 + codes[at + 5]!]! +
        table[1536 + codes[at + 6]!]! +
        table[1792 + codes[at + 7]!]! +
        table[2048 + codes[at + 8]!]! +
        table[2304 + codes[at + 9]!]! +
        table[2560 + codes[at + 10]!]! +
        table[2816 + codes[at + 11]!]! +
        table[3072 + codes[at + 12]!]! +
        table[3328 + codes[at + 13]!]! +
        table[3584 + codes[at + 14]!]! +
        table[3840 + codes[at + 15]!]!;
      if (key < worst) {
        replaceWorst(key, row);
        worst = keys[0]!;
      }
    }
    return rows;
  };
}
