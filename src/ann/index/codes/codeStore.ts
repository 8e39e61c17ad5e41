import { AkinError } from '../../../base/errors.ts';
import type { SectionSize } from '../../format/header.ts';
import { SECTION } from '../../format/header.ts';
import type { Container } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { bytesSection } from '../../format/sections.ts';
import type { CodeScan } from '../../kernels/codes.ts';
import type { Block } from '../../kernels/kernels.ts';
import { bytesView } from '../../kernels/kernels.ts';
import { PQ4_BLOCK_ROWS, packPq4 } from '../../kernels/pq4Blocks.ts';
import type { OwnedBlocks, RowSource } from '../rows/ownedBlocks.ts';
import { sourceOf } from '../rows/ownedBlocks.ts';
import type { CodeShape } from './codeShape.ts';
import { codeBytes } from './codeShape.ts';

const RUN_BYTES = PQ4_BLOCK_ROWS / 2;

/** The section of the codes; `undefined` if its size overflows. */
export function codeSizes(shape: CodeShape, ntotal: number): SectionSize[] | undefined {
  const byteLength = codeBytes(shape, ntotal);
  return byteLength === undefined ? undefined : [{ id: SECTION.codes, byteLength }];
}

/**
 * Reads a container's codes and checks that the last block is padded with zeros; any byte is a
 * valid code.
 *
 * @throws `corrupt`
 */
export function readCodes(container: Container, shape: CodeShape): RowSource {
  const codes = bytesSection(container, SECTION.codes);
  const { ntotal } = container.header;
  const code = new Uint8Array(shape.M);
  const end = shape.nbits === 4 ? Math.ceil(ntotal / PQ4_BLOCK_ROWS) * PQ4_BLOCK_ROWS : ntotal;
  for (let row = ntotal; row < end; row++) {
    readCode(codes, shape, row, code);
    if (code.some((value) => value !== 0)) {
      throw new AkinError('corrupt', `the saved index is damaged: a code in row ${row}`);
    }
  }
  return sourceOf(codes);
}

/** Packs one-byte codes, `n × M`, for a `CodeStore`. */
export function codeSource(shape: CodeShape, rows: RowSource): RowSource {
  if (shape.nbits === 8) return rows;
  return {
    byteLength: codeBytes(shape, rows.byteLength / shape.M)!,
    copyTo(target) {
      const codes = new Uint8Array(rows.byteLength);
      rows.copyTo(codes);
      target.set(packPq4(codes, shape.M));
    },
  };
}

/**
 * The codes of an index, scanned by asymmetric distance computation (Jégou et al., 2011, section
 * 3.1): the distance from a query to a code is a sum of `M` entries of a table computed once per
 * query. With 4 bits the table is quantized to bytes and looked up in registers ("fast scan", André
 * et al., 2015).
 */
export class CodeStore {
  readonly shape: CodeShape;
  /** `M × ksub` float32: fill it, then call `takeTable`. */
  readonly table: Block;
  readonly #memory: OwnedBlocks;
  readonly #codes: Block;
  readonly #ntotal: number;
  readonly #lut: Block | null;
  #scale = 0;
  #bias = 0;

  /** @param codes `codeBytes` of them. @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, shape: CodeShape, ntotal: number, codes: RowSource) {
    const { M, ksub, nbits } = shape;
    this.shape = shape;
    this.#memory = memory;
    this.#ntotal = ntotal;
    this.#codes = memory.store(codes);
    this.table = memory.alloc(4 * M * ksub);
    this.#lut = nbits === 4 ? memory.alloc(M * ksub) : null;
  }

  /** Uses the current table for the following scans. */
  takeTable(): void {
    if (!this.#lut) return;
    const { kernels } = this.#memory;
    const { bias, scale } = kernels.quantizeTable(this.table, this.shape.M, this.#lut);
    this.#bias = bias;
    this.#scale = scale;
  }

  /**
   * Offers rows to a heap with the key `base` plus the sum of their table entries; with 4 bits, to
   * the precision of the quantized table.
   *
   * @param norms float32, added to the key of each row; of whole blocks of 32 rows
   * @returns how many rows were compared
   */
  scan(
    rows: Omit<CodeScan, 'codes'>,
    base: number,
    topK: Block,
    norms: Block | null = null,
  ): number {
    const { kernels } = this.#memory;
    const { M } = this.shape;
    const { ids, skip, firstRow, rowCount } = rows;
    const scan = { codes: this.#codes, ids, skip, firstRow, rowCount };
    if (!this.#lut) return kernels.scanPq8(scan, this.table, M, base, norms, topK);
    return kernels.scanPq4(scan, this.#lut, M, this.#scale, base + this.#bias, norms, topK);
  }

  /** Writes the code of a row. @param code `M` long */
  readCode(row: number, code: Uint8Array): void {
    readCode(bytesView(this.#codes), this.shape, row, code);
  }

  /** The section to save. @param rows the remaining rows, ascending */
  contents(rows: Uint32Array): SectionContent {
    const source = rows.length === this.#ntotal ? this.#whole() : this.#some(rows);
    return {
      id: SECTION.codes,
      byteLength: source.byteLength,
      write: (target) => source.copyTo(target),
    };
  }

  #whole(): RowSource {
    const { byteLength } = this.#codes;
    return { byteLength, copyTo: (target) => target.set(bytesView(this.#codes)) };
  }

  #some(rows: Uint32Array): RowSource {
    const { M } = this.shape;
    return codeSource(this.shape, {
      byteLength: rows.length * M,
      copyTo: (target) =>
        rows.forEach((row, i) => {
          this.readCode(row, target.subarray(i * M, (i + 1) * M));
        }),
    });
  }

  /** All codes, `n × M`, one byte per sub-quantizer: copies. */
  allCodes(): Uint8Array<ArrayBuffer> {
    const { M } = this.shape;
    const codes = new Uint8Array(this.#ntotal * M);
    for (let row = 0; row < this.#ntotal; row++) {
      this.readCode(row, codes.subarray(row * M, (row + 1) * M));
    }
    return codes;
  }
}

function readCode(codes: Uint8Array, { M, nbits }: CodeShape, row: number, code: Uint8Array): void {
  if (nbits === 8) {
    for (let m = 0, at = row * M; m < M; m++, at++) code[m] = codes[at]!;
    return;
  }
  const inBlock = row % PQ4_BLOCK_ROWS;
  const shift = inBlock < RUN_BYTES ? 0 : 4;
  let at = ((row - inBlock) / PQ4_BLOCK_ROWS) * M * RUN_BYTES + (inBlock % RUN_BYTES);
  for (let m = 0; m < M; m++, at += RUN_BYTES) code[m] = (codes[at]! >> shift) & 15;
}
