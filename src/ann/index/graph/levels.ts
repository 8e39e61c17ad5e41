/** Layers above the bottom that a row can be in. */
export const MAX_LEVEL = 15;

/** A hash of an id: 32 bits that look random, different with every seed. */
export function hashOf(id: number, seed: number): number {
  return mix(id ^ mix(seed + 0x9e3779b9));
}

/**
 * The top layer of a row: 0, and with probability `M^−l` at least `l`. It depends only on the hash,
 * so it is the same in whatever order rows are added. Rows of a lower hash have no lower level.
 */
export function levelOf(hash: number, M: number): number {
  let level = 0;
  for (let below = 2 ** 32 / M; level < MAX_LEVEL && hash < below; below /= M) level++;
  return level;
}

/** The row where searches start: the first of the highest level; −1 if there are no rows. */
export function entryOf(levels: Uint8Array): number {
  let entry = -1;
  for (let row = 0; row < levels.length; row++) {
    if (entry < 0 || levels[row]! > levels[entry]!) entry = row;
  }
  return entry;
}

/** A bijection of 32-bit integers: Chris Wellons' `lowbias32`. */
function mix(x: number): number {
  let y = x >>> 0;
  y = Math.imul(y ^ (y >>> 16), 0x21f0aaad);
  y = Math.imul(y ^ (y >>> 15), 0x735a2d97);
  return (y ^ (y >>> 15)) >>> 0;
}
