/** Bitmaps of rows (to skip) and ids (allowed): bit `i % 8` of byte `⌊i / 8⌋`. */

/** Bytes of a bitmap of `bits` bits. */
export function bitmapBytes(bits: number): number {
  return Math.ceil(bits / 8);
}

/** Whether the bit is set; false beyond the end of the bitmap. */
export function getBit(bitmap: Uint8Array, bit: number): boolean {
  const byte = bitmap[Math.floor(bit / 8)];
  return byte !== undefined && (byte & (1 << (bit % 8))) !== 0;
}

/** Sets or clears a bit inside the bitmap. */
export function setBit(bitmap: Uint8Array, bit: number, value: boolean): void {
  const byte = Math.floor(bit / 8);
  const mask = 1 << (bit % 8);
  bitmap[byte] = value ? bitmap[byte]! | mask : bitmap[byte]! & ~mask;
}
