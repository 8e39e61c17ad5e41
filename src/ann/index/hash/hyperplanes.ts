import { AkinError } from '../../../base/errors.ts';
import { SECTION } from '../../format/header.ts';
import type { Container } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { wholeSection } from '../../format/sections.ts';
import type { Block } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import type { RowRun } from '../../kernels/training.ts';
import { boundedRows } from '../checkSections.ts';
import { MAX_LENGTH_SQ } from '../checkVector.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';

/** Hyperplanes through one point. */
export interface HyperplaneParts {
  /** (d): the point. */
  readonly mean: Float32Array;
  /** `count × d`. */
  readonly normals: Float32Array;
}

/**
 * Reads and checks a container's hyperplanes: longer ones could give infinite distances.
 *
 * @param section of the normals
 * @throws `corrupt`
 */
export function readHyperplanes(container: Container, section: number): HyperplaneParts {
  const { d } = container.header;
  const mean = boundedRows(container, SECTION.mu, d);
  const normals = boundedRows(container, section, d);
  let length = lengthOf(mean);
  for (let at = 0; at < normals.length; at += d) length += lengthOf(normals.subarray(at, at + d));
  if (!(length ** 2 <= MAX_LENGTH_SQ)) {
    throw new AkinError('corrupt', 'the saved index is damaged: hyperplanes too far out');
  }
  return { mean, normals };
}

function lengthOf(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
}

/**
 * Tells on which side of hyperplanes vectors lie, and how far from them. The hyperplanes are in
 * tables of equally many, at most 256; in one table if a vector has one code.
 */
export class Hyperplanes {
  readonly d: number;
  readonly tables: number;
  /** Hyperplanes per table. */
  readonly bits: number;
  /** (d). Not a copy. */
  readonly mean: Float32Array;
  /**
   * (tables × bits): the margins of the query. Each is the inner product of the vector, relative to
   * the mean, with a normal: positive on that side of the hyperplane.
   */
  readonly margins: Float32Array<ArrayBuffer>;
  readonly #memory: OwnedBlocks;
  /** `bits × d` of each table. */
  readonly #normals: readonly Block[];
  readonly #negative: Block;
  #centred: Block | null = null;
  #rowMargins: Block | null = null;

  /** @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, { mean, normals }: HyperplaneParts, tables: number) {
    const d = mean.length;
    this.d = d;
    this.tables = tables;
    this.bits = normals.length / d / tables;
    this.#memory = memory;
    this.mean = memory.keep(Float32Array.from(mean));
    this.margins = memory.keep(new Float32Array(tables * this.bits));
    const length = this.bits * d;
    this.#normals = Array.from({ length: tables }, (_, table) =>
      memory.store(normals.subarray(table * length, (table + 1) * length)),
    );
    this.#negative = memory.alloc(4 * this.bits);
  }

  /** Fills `margins`. @param query `d` float32. @throws `out-of-memory` */
  ask(query: Block): void {
    const { d, bits, margins } = this;
    const centred = this.#centre({ block: query, offset: 0, stride: d, d, count: 1 });
    const shape = { M: 1, ksub: bits, dsub: d };
    const negative = this.#negative;
    for (let table = 0, at = 0; table < this.tables; table++) {
      this.#memory.kernels.ipTable(centred, this.#normals[table]!, shape, negative);
      const view = float32View(negative, bits);
      for (let b = 0; b < bits; b++, at++) margins[at] = 0 - view[b]!;
    }
  }

  /**
   * The margins of rows in a table, bit for bit those that `ask` would give each.
   *
   * @param rows compact, from the start of their block
   * @returns `rows.count × bits`, a transient view
   * @throws `out-of-memory`
   */
  marginsOf(rows: RowRun, table: number): Float32Array<ArrayBuffer> {
    const { bits } = this;
    this.#rowMargins = this.#memory.atLeast(this.#rowMargins, 4 * rows.count * bits);
    const run = { ...rows, block: this.#centre(rows) };
    this.#memory.kernels.transform(this.#normals[table]!, bits, run, this.#rowMargins);
    return float32View(this.#rowMargins, rows.count * bits);
  }

  /** `tables × bits × d`, copied. */
  normals(): Float32Array<ArrayBuffer> {
    const length = this.bits * this.d;
    const all = new Float32Array(this.tables * length);
    this.#normals.forEach((block, table) => {
      all.set(float32View(block, length), table * length);
    });
    return all;
  }

  /** The `bits × d` normals of a table. A transient view. */
  normalsOf(table: number): Float32Array<ArrayBuffer> {
    return float32View(this.#normals[table]!, this.bits * this.d);
  }

  /** The sections to save. @param section of the normals */
  contents(section: number): SectionContent[] {
    return [wholeSection(SECTION.mu, this.mean), wholeSection(section, this.normals())];
  }

  #centre(rows: RowRun): Block {
    const { d, mean } = this;
    const length = rows.count * d;
    this.#centred = this.#memory.atLeast(this.#centred, 4 * length);
    const from = float32View(rows.block, length);
    const to = float32View(this.#centred, length);
    for (let at = 0; at < length; at += d) {
      for (let i = 0; i < d; i++) to[at + i] = from[at + i]! - mean[i]!;
    }
    return this.#centred;
  }
}
