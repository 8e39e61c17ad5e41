/** Longest LZW code of a GIF, in bits. */
const LONGEST = 12;

/** How far the codes of a GIF's frame go, and the state to continue from. */
export interface LzwEnd {
  readonly pixels: number;
  /** Bit after the last complete code. */
  readonly bit: number;
  /** Length of the next code and number of defined codes: an encoder's state. */
  readonly length: number;
  readonly defined: number;
}

/**
 * Counts the pixels encoded by LZW codes (GIF89a, appendix F), without decoding them.
 *
 * @param data the sub-blocks' contents, joined
 * @param minimum the frame's minimum code size, 1 to 11
 * @param most pixels of the frame
 */
export function readLzw(data: Uint8Array, minimum: number, most: number): LzwEnd {
  const clear = 1 << minimum;
  /** Number of pixels of each code. */
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

/** Appends codes for pixels of the first color, and the end code, to what `readLzw` has read. */
export function extendLzw(
  data: Uint8Array,
  { bit, length, defined }: LzwEnd,
  minimum: number,
  pixels: number,
): Uint8Array<ArrayBuffer> {
  const longest = LONGEST * (pixels + 2);
  const extended = new Uint8Array(Math.ceil((bit + longest) / 8) + 1);
  extended.set(data.subarray(0, Math.ceil(bit / 8)));
  // Bits of a truncated code.
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
