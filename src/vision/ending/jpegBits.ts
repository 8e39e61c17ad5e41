/** A Huffman table: for each 16-bit prefix, `length << 8 | symbol`, 0 if none matches. */
export type HuffmanTable = Uint16Array;

/**
 * @param at offset of the 16 counts of codes by length, followed by the symbols (ITU-T T.81,
 *   B.2.4.2)
 * @returns `undefined` if there are more codes than the lengths allow
 */
export function huffmanTable(bytes: Uint8Array, at: number): HuffmanTable | undefined {
  const table = new Uint16Array(1 << 16);
  let code = 0;
  let symbol = at + 16;
  for (let length = 1; length <= 16; length++) {
    const span = 1 << (16 - length);
    for (let i = bytes[at + length - 1]!; i > 0; i--) {
      if (code + span > table.length) return undefined;
      table.fill((length << 8) | bytes[symbol++]!, code, code + span);
      code += span;
    }
  }
  return table;
}

/** Reads the bits of a scan, up to the next marker or the end of the file. */
export class JpegBits {
  readonly #bytes: Uint8Array;
  #at: number;
  /** The next `#count` bits, at most 24. */
  #bits = 0;
  #count = 0;
  /** Set after reading past the end, or a code that the table lacks. */
  ended = false;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  symbol(table: HuffmanTable): number {
    this.#fill();
    const missing = 16 - this.#count;
    const window = missing > 0 ? this.#bits << missing : this.#bits >>> -missing;
    const entry = table[window & 0xffff]!;
    const length = entry >> 8;
    if (length === 0 || length > this.#count) {
      this.ended = true;
      return 0;
    }
    this.#count -= length;
    return entry & 0xff;
  }

  /** @param n at most 16 */
  read(n: number): number {
    this.#fill();
    if (n > this.#count) {
      this.ended = true;
      return 0;
    }
    this.#count -= n;
    return (this.#bits >>> this.#count) & ((1 << n) - 1);
  }

  /** Skips the expected restart marker; false if something else follows. */
  restart(): boolean {
    this.#count = 0;
    while (this.#bytes[this.#at] === 0xff && this.#bytes[this.#at + 1] === 0xff) this.#at += 1;
    const marker = this.#bytes[this.#at + 1];
    if (this.#bytes[this.#at] !== 0xff || marker === undefined || (marker & 0xf8) !== 0xd0) {
      return false;
    }
    this.#at += 2;
    return true;
  }

  /** Offset where the scan's data continues, or of the marker after it. */
  get at(): number {
    return this.#at;
  }

  #fill(): void {
    while (this.#count <= 16 && this.#at < this.#bytes.length) {
      const byte = this.#bytes[this.#at]!;
      if (byte === 0xff) {
        // After a stuffed zero it is data; anything else is a marker, and the data ends before it.
        if (this.#bytes[this.#at + 1] !== 0) return;
        this.#at += 1;
      }
      this.#at += 1;
      this.#bits = ((this.#bits << 8) | byte) & 0xffffff;
      this.#count += 8;
    }
  }
}
