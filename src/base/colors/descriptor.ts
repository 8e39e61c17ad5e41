import { CODEBOOK_SIZE } from './codebook.ts';

/**
 * What colors a photo has: how much of its area each color of the codebook covers, with the central
 * half counting double. Four bits per color, the even ones in the low half of their byte: the
 * square root of the share, in steps of 1/15 of the largest one.
 */
export type ColorDescriptor = Uint8Array<ArrayBuffer>;

/** Increased when the same pixels give other descriptors: photos get new ones in the background. */
export const COLORS_VERSION = 1;

export const DESCRIPTOR_BYTES = CODEBOOK_SIZE / 2;
/** The level of the color that covers most. */
export const TOP_LEVEL = 15;

/** Whether bytes from outside, such as stored ones, are a descriptor. */
export function isColorDescriptor(bytes: unknown): bytes is ColorDescriptor {
  return (
    bytes instanceof Uint8Array &&
    bytes.length === DESCRIPTOR_BYTES &&
    bytes.some((byte) => (byte & 15) === TOP_LEVEL || byte >> 4 === TOP_LEVEL)
  );
}

/** `null` if a stored value is malformed. */
export function readColorDescriptor(value: unknown): ColorDescriptor | null {
  if (!(value instanceof ArrayBuffer)) return null;
  const bytes = new Uint8Array(value);
  return isColorDescriptor(bytes) ? bytes : null;
}

/**
 * Makes a descriptor.
 *
 * @param shares (CODEBOOK_SIZE) 0 or more, in any unit, not all 0
 */
export function encodeColors(shares: Float64Array): ColorDescriptor {
  let most = 0;
  for (const share of shares) most = Math.max(most, share);
  const descriptor = new Uint8Array(DESCRIPTOR_BYTES);
  for (let i = 0; i < CODEBOOK_SIZE; i++) {
    const level = Math.round(TOP_LEVEL * Math.sqrt(shares[i]! / most));
    descriptor[i >> 1]! |= i & 1 ? level << 4 : level;
  }
  return descriptor;
}
