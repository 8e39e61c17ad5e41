import { AkinError } from '../base/errors.ts';
import type { VectorFormat } from '../base/vectorFormats.ts';
import type { Cells, Column } from './cells.ts';
import { fvecsRows } from './fvecs.ts';
import { npyHeader, npyIds, npyIdsHeader, npyRows } from './npy.ts';
import { ParquetFile } from './parquet.ts';
import { checkRows, checkShape, type Rows } from './rows.ts';
import { tsvCells, tsvHeader, tsvRows } from './tsv.ts';
import { MOST_ZIP_BYTES, type Sink, tooLarge, ZipWriter } from './zip.ts';

export interface VectorFileOptions {
  readonly format: VectorFormat;
  /** Number of rows that will be added, at least one, and floats of each. */
  readonly n: number;
  readonly d: number;
  readonly columns: readonly Column[];
  /** Space of the vectors, kept in the formats that have a place for it. */
  readonly spaceId: string;
  readonly sink: Sink;
}

export interface VectorFile {
  /** The next rows. Throws `invalid-argument` for more than announced or of another shape. */
  add(ids: ArrayLike<number>, rows: Rows, cells: Cells): void;
  /** Throws `invalid-argument` if rows are missing. */
  end(): void;
}

/** Bytes of a float as text: sign, nine digits and a few zeros before them, and a separator. */
const TEXT_BYTES = 13;

/**
 * Writes vectors and what is known about each, block by block, so that none of it is held:
 *
 * - `tsv`: an archive of `vectors.tsv` and `metadata.tsv`, for the Embedding Projector
 * - `parquet`: one table, for Embedding Atlas and data tools
 * - `npy`: an archive of `vectors.npy` (n × d float32, C order), `ids.npy` (n uint32) and
 *   `metadata.tsv`, which `numpy.load` opens as it is
 * - `fvecs`: an archive of `vectors.fvecs` and `metadata.tsv`, for Faiss and its benchmarks
 *
 * Lines of `metadata.tsv` are in the order of the vectors.
 *
 * @throws AkinError `invalid-argument`, also for more than an archive can hold
 */
export function vectorFile(options: VectorFileOptions): VectorFile {
  const { format, n, d, columns, spaceId, sink } = options;
  checkShape(n, d);
  // A parquet file without a row group isn't one that others read.
  if (n === 0) throw new AkinError('invalid-argument', 'There is nothing to write');
  const writer =
    format === 'parquet'
      ? parquet(new ParquetFile(columns, sink, { 'akin.space': spaceId }))
      : archive(options);
  let left = n;
  return {
    add(ids, rows, cells) {
      checkRows(rows);
      left -= rows.n;
      if (left < 0 || rows.d !== d || ids.length !== rows.n) {
        throw new AkinError('invalid-argument', `${rows.n} rows that weren't announced`);
      }
      if (rows.n > 0) writer.add(ids, rows, cells);
    },
    end() {
      if (left > 0) throw new AkinError('invalid-argument', `${left} rows are missing`);
      writer.end();
    },
  };
}

function parquet(file: ParquetFile): VectorFile {
  return { add: (_ids, rows, cells) => file.add(rows, cells), end: () => file.end() };
}

/** An archive's files come one after the other, so metadata and ids wait for the vectors' end. */
function archive({ format, n, d, columns, sink }: VectorFileOptions): VectorFile {
  const size = n * d * (format === 'tsv' ? TEXT_BYTES : 4);
  if (size > MOST_ZIP_BYTES) throw tooLarge();
  const zip = new ZipWriter(sink);
  const metadata = [tsvHeader(columns)];
  const idBlocks: Uint8Array<ArrayBuffer>[] = [];
  zip.start(`vectors.${format}`, format === 'tsv');
  if (format === 'npy') zip.write(npyHeader(n, d));
  return {
    add(ids, rows, cells) {
      metadata.push(tsvCells(cells, columns, rows.n));
      if (format === 'npy') idBlocks.push(npyIds(ids));
      if (format === 'tsv') zip.writeText(tsvRows(rows));
      else zip.write(format === 'npy' ? npyRows(rows) : fvecsRows(rows));
    },
    end() {
      if (format === 'npy') {
        zip.start('ids.npy', false);
        zip.write(npyIdsHeader(n));
        for (const block of idBlocks) zip.write(block);
      }
      zip.start('metadata.tsv', true);
      for (const text of metadata) zip.writeText(text);
      zip.end();
    },
  };
}
