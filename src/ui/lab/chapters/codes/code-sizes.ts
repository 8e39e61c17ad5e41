import type { IndexSpec } from '../../../../protocol/index.ts';

/** Fewer photos can't be trained on: see `resolveSpec`. */
export const LEAST_PHOTOS = 16;
const PHOTOS_FOR_8_BITS = 256;
const SIZES = [4, 8, 16, 32, 64];
const MOST_SIZES = 5;

/** A code of some bytes. */
export interface CodeSize {
  readonly bytes: number;
  readonly M: number;
  readonly nbits: 4 | 8;
}

/**
 * The code sizes that are possible, ascending: powers of two from 4 to 64 bytes, or others if `d`
 * has no such divisors.
 */
export function codeSizes(d: number, photos: number): readonly CodeSize[] {
  const nbits = photos < PHOTOS_FOR_8_BITS ? 4 : 8;
  const sizeOf = (bytes: number): CodeSize => ({ bytes, M: (8 * bytes) / nbits, nbits });
  const fits = ({ M }: CodeSize) => Number.isInteger(M) && M <= d && d % M === 0;
  const powers = SIZES.map(sizeOf).filter(fits);
  if (powers.length > 0) return powers;
  const all = Array.from({ length: 64 }, (_, i) => sizeOf((i + 1) * (nbits / 8))).filter(fits);
  return all.slice(-MOST_SIZES);
}

/** The size whose sub-vectors are shown: 8 bytes, or the nearest above. */
export function shownSize(sizes: readonly CodeSize[]): CodeSize {
  return sizes.find(({ bytes }) => bytes >= 8) ?? sizes.at(-1)!;
}

/** An index of such codes alone. */
export function specOf({ M, nbits }: CodeSize) {
  return { kind: 'pq', M, nbits, rerank: 'none' } as const satisfies IndexSpec;
}
