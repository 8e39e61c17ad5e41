import { SECTION } from '../../format/header.ts';
import type { SectionContent } from '../../format/sections.ts';
import type { HammingBest } from '../../kernels/hamming.ts';
import {
  getHammingCode,
  hammingBestBytes,
  hammingBytes,
  readHammingBest,
  setHammingCode,
} from '../../kernels/hamming.ts';
import type { Block } from '../../kernels/kernels.ts';
import { bytesView } from '../../kernels/kernels.ts';
import type { OwnedBlocks, RowSource } from '../rows/ownedBlocks.ts';

/**
 * Packs the signs of numbers: bit `b % 8` of byte `⌊b / 8⌋` is set if number `b` is not negative.
 *
 * @param count a multiple of 8
 */
export function packSigns(
  numbers: Float32Array,
  first: number,
  count: number,
  code: Uint8Array,
): void {
  for (let m = 0, at = first; m < count / 8; m++) {
    let byte = 0;
    for (let bit = 0; bit < 8; bit++, at++) if (numbers[at]! >= 0) byte |= 1 << bit;
    code[m] = byte;
  }
}

/** The binary codes of an index, in row order. */
export class BinaryCodes {
  readonly codeBytes: number;
  readonly #memory: OwnedBlocks;
  readonly #count: number;
  readonly #codes: Block;
  readonly #query: Block;
  #best: Block | null = null;

  /** @param codes `n × codeBytes`. @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, codeBytes: number, codes: RowSource) {
    this.codeBytes = codeBytes;
    this.#memory = memory;
    this.#count = codes.byteLength / codeBytes;
    const compact = new Uint8Array(codes.byteLength);
    codes.copyTo(compact);
    this.#codes = memory.alloc(hammingBytes(this.#count, codeBytes));
    const stored = bytesView(this.#codes).fill(0);
    for (let row = 0; row < this.#count; row++) {
      setHammingCode(stored, row, compact.subarray(row * codeBytes, (row + 1) * codeBytes));
    }
    this.#query = memory.alloc(codeBytes);
  }

  /** Sets the query of the next scans. @param margins one per bit */
  prepare(margins: Float32Array): void {
    packSigns(margins, 0, margins.length, bytesView(this.#query));
  }

  /** The nearest of the first `rowCount` rows, and how many were compared. */
  scan(
    skip: Block | null,
    rowCount: number,
    capacity: number,
  ): HammingBest & { readonly scanned: number } {
    this.#best = this.#memory.atLeast(this.#best, hammingBestBytes(capacity, rowCount));
    const { codeBytes } = this;
    const scan = { codes: this.#codes, codeBytes, query: this.#query, skip, rowCount };
    const scanned = this.#memory.kernels.scanHamming(scan, capacity, this.#best);
    return { ...readHammingBest(this.#best, capacity), scanned };
  }

  /** @param code `codeBytes` long */
  read(row: number, code: Uint8Array): void {
    getHammingCode(bytesView(this.#codes), row, code);
  }

  /** The codes of rows, one after the other, copied. */
  gather(rows: Uint32Array, target = new Uint8Array(rows.length * this.codeBytes)): Uint8Array {
    const { codeBytes } = this;
    rows.forEach((row, i) => {
      this.read(row, target.subarray(i * codeBytes, (i + 1) * codeBytes));
    });
    return target;
  }

  /** The section to save. @param rows the remaining rows, in order */
  contents(rows: Uint32Array): SectionContent {
    return {
      id: SECTION.hashCodes,
      byteLength: rows.length * this.codeBytes,
      write: (target) => {
        this.gather(rows, target);
      },
    };
  }
}
