import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { type Cell, type Cells, type Column, checkCells, plainText, validTime } from './cells.ts';
import { checkRows, type Rows } from './rows.ts';
import type { Sink } from './zip.ts';

/**
 * A parquet file of the metadata's columns and a last one named `vector`, a list of floats: what
 * Embedding Atlas, DuckDB, pandas and Polars read. Each `add` is a row group.
 */
export class ParquetFile {
  readonly #columns: readonly Column[];
  readonly #sink: Sink;
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;

  /** @param facts key and value pairs of the file's metadata */
  constructor(
    columns: readonly Column[],
    sink: Sink,
    facts: Readonly<Record<string, string>> = {},
  ) {
    this.#columns = columns;
    this.#sink = sink;
    this.#writer = new ParquetWriter({
      writer: this.#bytes,
      schema: [
        { name: 'root', num_children: columns.length + 1 },
        ...columns.map(element),
        // Three levels, as the format's specification asks for.
        {
          name: 'vector',
          repetition_type: 'REQUIRED',
          num_children: 1,
          converted_type: 'LIST',
          logical_type: { type: 'LIST' },
        },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'REQUIRED', type: 'FLOAT' },
      ],
      kvMetadata: Object.entries(facts).map(([key, value]) => ({ key, value })),
      createdBy: 'Akin',
    });
  }

  /** Throws `invalid-argument` for rows or cells of another shape. */
  add(rows: Rows, cells: Cells): void {
    const { values, n, d } = rows;
    checkRows(rows);
    checkCells(cells, this.#columns, n);
    // The writer takes rows of a list as plain arrays only.
    const vectors = Array.from({ length: n }, (_, row) =>
      Array.from(values.subarray(row * d, (row + 1) * d)),
    );
    void this.#writer.write({
      columnData: [
        ...this.#columns.map(({ name, kind }, i) => ({
          name,
          data: cells[i]!.map((cell) => stored(cell, kind)),
        })),
        // Their bits look random: neither a dictionary nor compression makes them smaller.
        {
          name: 'vector',
          data: vectors,
          encoding: 'PLAIN',
          codec: 'UNCOMPRESSED',
          statistics: false,
          offsetIndex: false,
        },
      ],
      rowGroupSize: Math.max(1, n),
    });
    this.#flush();
  }

  end(): void {
    void this.#writer.finish();
    this.#flush();
  }

  #flush(): void {
    this.#sink(this.#bytes.getBytes().slice());
    this.#bytes.index = 0;
  }
}

function element({ name, kind }: Column): SchemaElement {
  const base = { name, repetition_type: 'OPTIONAL' } as const;
  switch (kind) {
    case 'text':
      return { ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
    case 'integer':
      return { ...base, type: 'INT64' };
    case 'number':
      return { ...base, type: 'DOUBLE' };
    case 'moment':
    case 'wallTime':
      return {
        ...base,
        type: 'INT64',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: kind === 'moment', unit: 'MILLIS' },
      };
  }
}

function stored(cell: Cell, kind: Column['kind']): string | number | bigint | null {
  if (cell === null) return null;
  if (typeof cell === 'string') return plainText(cell);
  if (!Number.isFinite(cell)) return null;
  if (kind === 'number') return cell;
  if (kind === 'integer') return Number.isSafeInteger(cell) ? BigInt(cell) : null;
  const time = validTime(cell);
  return time === null ? null : BigInt(time);
}
