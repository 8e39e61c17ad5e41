/** Longest code of a GIF's LZW, in bits. */
const LONGEST = 12;

/** How far the codes of a GIF's frame go, and what goes on from there. */
export interface LzwEnd {
  readonly pixels: number;
  /** Bit behind the last code that is there whole. */
  readonly bit: number;
  /** Length of the next code, and codes that are defined: what an encoder would go on with. */
  readonly length: number;
  readonly defined: number;
}

/**
 * Counts the pixels that LZW codes stand for (GIF89a, appendix F), without making them.
 *
 * @param data the sub-blocks' content, joined
 * @param minimum the frame's minimum code size, 1 to 11
 * @param most pixels of the frame
 */
export function readLzw(data: Uint8Array, minimum: number, most: number): LzwEnd {
  const clear = 1 << minimum;
  /** Pixels that each code stands for. */
  const lengths = new Uint32Array(1 << LONGEST).fill(1, 0, clear);
  let length = minimum + 1;
  let defined = clear + 2;
  let before = 0;
  let pixels = 0;
  let bit = 0;
  while (pixels < most && bit + length <= 8 * data.length) {
    const code = codeAt(data, bit, length);
    if (code === clear + 1) break;
    bit += length;
    if (code === clear) {
      length = minimum + 1;
      defined = clear + 2;
      before = 0;
      continue;
    }
    if (code > defined || (code === defined && before === 0)) break;
    if (before > 0 && defined < lengths.length) {
      lengths[defined++] = before + 1;
      if (defined === 1 << length && length < LONGEST) length += 1;
    }
    before = lengths[code]!;
    pixels += before;
  }
  return { pixels: Math.min(most, pixels), bit, length, defined };
}

/** Adds codes for pixels of the first color, and the end, behind what `readLzw` has read. */
export function extendLzw(
  data: Uint8Array,
  { bit, length, defined }: LzwEnd,
  minimum: number,
  pixels: number,
): Uint8Array<ArrayBuffer> {
  const longest = LONGEST * (pixels + 2);
  const extended = new Uint8Array(Math.ceil((bit + longest) / 8) + 1);
  extended.set(data.subarray(0, Math.ceil(bit / 8)));
  // Bits of the code that was cut in two.
  if (bit & 7) extended[bit >> 3]! &= (1 << (bit & 7)) - 1;
  let at = bit;
  let codes = defined;
  let size = length;
  const write = (code: number): void => {
    for (let i = 0; i < size; i++, at++) {
      extended[at >> 3]! |= ((code >> i) & 1) << (at & 7);
    }
    if (codes < 1 << LONGEST && ++codes === 1 << size && size < LONGEST) size += 1;
  };
  for (let i = 0; i < pixels; i++) write(0);
  write((1 << minimum) + 1);
  return extended.subarray(0, Math.ceil(at / 8));
}

function codeAt(data: Uint8Array, bit: number, length: number): number {
  const at = bit >> 3;
  const bits = data[at]! | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16);
  return (bits >> (bit & 7)) & ((1 << length) - 1);
}
