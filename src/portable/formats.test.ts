import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fvecsRows } from './fvecs.ts';
import { npyHeader, npyIds, npyIdsHeader, npyRows } from './npy.ts';
import { tsvCells, tsvHeader, tsvRows } from './tsv.ts';
import { type VectorFileOptions, vectorFile } from './vectorFile.ts';

const ROWS = { values: Float32Array.of(1, -2.5, 0.1, 4, 5e-9, -1e-30), n: 2, d: 3 };
const WRONG = { ...ROWS, n: 3 };
const REFUSED = expect.objectContaining({ code: 'invalid-argument' });
const COLUMNS = [
  { name: 'name', kind: 'text' },
  { name: 'taken', kind: 'wallTime' },
  { name: 'added', kind: 'moment' },
  { name: 'width', kind: 'integer' },
] as const;
const MOMENT = Date.UTC(2024, 1, 29, 12, 30);

describe('npy', () => {
  it('has a header of version 1.0 that ends at a multiple of 64', () => {
    const bytes = npyHeader(2, 3);
    expect([...bytes.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    expect(10 + new DataView(bytes.buffer).getUint16(8, true)).toBe(bytes.length);
    expect(bytes.length % 64).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(10))).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/,
    );
  });

  it('has little-endian rows, and refuses another shape', () => {
    expect(new Float32Array(npyRows(ROWS).buffer)).toEqual(ROWS.values);
    expect(() => npyRows(WRONG)).toThrow(REFUSED);
    expect(() => npyHeader(1.5, 3)).toThrow(REFUSED);
    expect(() => npyHeader(2, 0)).toThrow(REFUSED);
  });

  it('has ids up to 2 ** 32 - 1 as one dimension', () => {
    expect(new TextDecoder().decode(npyIdsHeader(2))).toContain("'<u4'");
    expect(new TextDecoder().decode(npyIdsHeader(2))).toContain('(2,)');
    expect(new Uint32Array(npyIds([1, 2 ** 32 - 1]).buffer)).toEqual(
      Uint32Array.of(1, 2 ** 32 - 1),
    );
    expect(() => npyIds([-1])).toThrow(REFUSED);
  });
});

describe('fvecs', () => {
  it('has the dimension before every row', () => {
    const bytes = fvecsRows(ROWS);
    expect(bytes.length).toBe(32);
    expect([...new Int32Array(bytes.buffer)].filter((_, i) => i % 4 === 0)).toEqual([3, 3]);
    expect(new Float32Array(bytes.buffer, 20, 3)).toEqual(ROWS.values.subarray(3));
    expect(() => fvecsRows(WRONG)).toThrow(REFUSED);
  });
});

describe('TSV', () => {
  it('has vectors that read back as the same floats', () => {
    const values = Float32Array.from(
      { length: 3_000 },
      (_, i) => Math.sin(i) * 10 ** ((i % 60) - 30),
    );
    const lines = tsvRows({ values, n: 1_000, d: 3 }).trimEnd().split('\n');
    expect(lines).toHaveLength(1_000);
    expect(Float32Array.from(lines.flatMap((l) => l.split('\t').map(Number)))).toEqual(values);
  });

  it('has no cell that ends a cell, a line or a character', () => {
    const names = [
      'a\tb',
      'c\r\nd',
      '"e',
      '\u001b[31mf\u0000\u0085',
      'g\u2028h\u2029',
      '\ud800i😀',
    ];
    const text = tsvCells([names, names.map((_, i) => i)], [COLUMNS[0], COLUMNS[3]], names.length);
    expect(text).toBe('a b\t0\nc  d\t1\n"e\t2\n [31mf  \t3\ng h \t4\n\ufffdi😀\t5\n');
  });

  it('has times as ISO 8601, and nothing for what is unknown or no time', () => {
    const times = [MOMENT, null, Number.NaN, 1e18];
    const cells = [['a', 'b', 'c', 'd'], times, times, [1, null, Number.NaN, 2]];
    expect(tsvCells(cells, COLUMNS, 4)).toBe(
      'a\t2024-02-29T12:30:00.000\t2024-02-29T12:30:00.000Z\t1\nb\t\t\t\nc\t\t\t\nd\t\t\t2\n',
    );
  });

  it('refuses one column and cells of another shape', () => {
    expect(tsvHeader(COLUMNS)).toBe('name\ttaken\tadded\twidth\n');
    expect(() => tsvHeader([COLUMNS[0]])).toThrow(REFUSED);
    expect(() => tsvCells([['a']], COLUMNS, 1)).toThrow(REFUSED);
    expect(() => tsvCells([['a'], [1], [1], []], COLUMNS, 1)).toThrow(REFUSED);
  });
});

describe('an archive', () => {
  const options = (format: VectorFileOptions['format'], chunks: Uint8Array[]) => ({
    format,
    n: 3,
    d: 2,
    columns: COLUMNS,
    spaceId: 'test/1/2',
    sink: (bytes: Uint8Array<ArrayBuffer>) => void chunks.push(bytes),
  });
  const written = (format: 'tsv' | 'npy' | 'fvecs') => {
    const chunks: Uint8Array[] = [];
    const file = vectorFile(options(format, chunks));
    const cells = (names: string[]) => [names, ...[1, 2, 3].map(() => names.map(() => null))];
    file.add([7, 8], { values: Float32Array.of(1, 2, 3, 4), n: 2, d: 2 }, cells(['a', 'b']));
    file.add([9], { values: Float32Array.of(5, 6), n: 1, d: 2 }, cells(['c']));
    file.end();
    return unzipSync(new Uint8Array(Buffer.concat(chunks)));
  };
  const text = (bytes?: Uint8Array) => new TextDecoder().decode(bytes);

  it('has vectors and metadata in the same order', () => {
    const tsv = written('tsv');
    expect(Object.keys(tsv)).toEqual(['vectors.tsv', 'metadata.tsv']);
    const numbers = text(tsv['vectors.tsv']).trimEnd().split(/\s/).map(Number);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6]);
    expect(text(tsv['metadata.tsv'])).toBe(
      'name\ttaken\tadded\twidth\na\t\t\t\nb\t\t\t\nc\t\t\t\n',
    );

    const npy = written('npy');
    expect(Object.keys(npy)).toEqual(['vectors.npy', 'ids.npy', 'metadata.tsv']);
    const [vectors, ids] = [npy['vectors.npy']!.slice(), npy['ids.npy']!.slice()];
    expect(text(vectors.subarray(0, 128))).toContain('(3, 2)');
    expect([...new Float32Array(vectors.buffer, 128)]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...new Uint32Array(ids.buffer, 128)]).toEqual([7, 8, 9]);
    expect(npy['metadata.tsv']).toEqual(tsv['metadata.tsv']);

    const fvecs = written('fvecs');
    expect(Object.keys(fvecs)).toEqual(['vectors.fvecs', 'metadata.tsv']);
    expect(fvecs['vectors.fvecs']).toHaveLength(3 * 12);
  });

  it('refuses rows that were not announced, and an end before the last', () => {
    const file = vectorFile(options('npy', []));
    expect(() => file.end()).toThrow(REFUSED);
    const values = new Float32Array(8);
    expect(() => file.add([1, 2, 3, 4], { values, n: 4, d: 2 }, [])).toThrow(REFUSED);
    expect(() => file.add([1, 2], { values, n: 2, d: 4 }, [])).toThrow(REFUSED);
  });

  it('refuses more than it can hold before it is written', () => {
    const tooMany = { ...options('tsv', []), n: 1_000_000, d: 384 };
    expect(() => vectorFile(tooMany)).toThrow(
      expect.objectContaining({ details: { reason: 'vectors-archive' } }),
    );
    expect(() => vectorFile({ ...tooMany, format: 'npy' })).not.toThrow();
  });
});
