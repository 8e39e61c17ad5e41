import { tableFromIPC } from '@uwdata/flechette';
import { readParquet, readSchema } from 'parquet-wasm';
import { expect, it } from 'vitest';
import type { Cells, Column } from './cells.ts';
import { vectorFile } from './vectorFile.ts';

const COLUMNS: readonly Column[] = [
  { name: 'name', kind: 'text' },
  { name: 'id', kind: 'integer' },
  { name: 'taken', kind: 'wallTime' },
  { name: 'added', kind: 'moment' },
  { name: 'x', kind: 'number' },
];
const TIME = Date.UTC(2024, 1, 29, 12, 30);

function written(blocks: readonly { values: Float32Array; n: number; cells: Cells }[], d: number) {
  const chunks: Uint8Array[] = [];
  const n = blocks.reduce((sum, block) => sum + block.n, 0);
  const file = vectorFile({
    format: 'parquet',
    n,
    d,
    columns: COLUMNS,
    spaceId: 'test/1/3',
    sink: (bytes) => void chunks.push(bytes),
  });
  for (const { values, n, cells } of blocks) {
    file.add(
      Array.from({ length: n }, (_, i) => i),
      { values, n, d },
      cells,
    );
  }
  file.end();
  return new Uint8Array(Buffer.concat(chunks));
}

function read(bytes: Uint8Array) {
  return tableFromIPC(readParquet(bytes).intoIPCStream());
}

it('reads back as the same vectors and metadata, over row groups', () => {
  const names = [
    'a.jpg',
    'tab\there',
    'line\nend',
    '"quote"',
    '=1+1',
    '\ud800half',
    '写真 😀',
    null,
  ];
  const block = (from: number) => ({
    values: Float32Array.from({ length: 24 }, (_, i) => Math.fround(Math.sin(from + i))),
    n: 8,
    cells: [
      names,
      names.map((_, i) => 2 ** 32 - 1 - i),
      [TIME, null, Number.NaN, 1e18, 0, 1, 2, 3],
      names.map(() => TIME),
      names.map((_, i) => (i === 0 ? null : i / 8)),
    ],
  });
  const blocks = [block(0), block(100)];
  const table = read(written(blocks, 3));
  expect(table.numRows).toBe(16);
  const column = (name: string) => [...table.getChild(name)];
  const vectors = column('vector').map((row) => [...(row as Float32Array)]);
  expect(vectors.flat()).toEqual(blocks.flatMap(({ values }) => [...values]));
  expect(column('name').slice(8)).toEqual([
    'a.jpg',
    'tab here',
    'line end',
    '"quote"',
    '=1+1',
    '\ufffdhalf',
    '写真 😀',
    null,
  ]);
  expect(column('id').slice(0, 2).map(Number)).toEqual([2 ** 32 - 1, 2 ** 32 - 2]);
  expect(
    column('taken')
      .slice(0, 5)
      .map((time) => (time === null ? null : Number(time))),
  ).toEqual([TIME, null, null, null, 0]);
  expect(Number(column('added')[7])).toBe(TIME);
  expect(column('x').slice(0, 3)).toEqual([null, 1 / 8, 2 / 8]);
});

it('says what its columns hold', () => {
  const cells = [['a'], [1], [TIME], [TIME], [0.5]];
  const bytes = written([{ values: Float32Array.of(1, 2, 3), n: 1, cells }], 3);
  const { fields } = tableFromIPC(readSchema(bytes).intoIPCStream()).schema;
  expect(fields.map(({ name }) => name)).toEqual([...COLUMNS.map(({ name }) => name), 'vector']);
  expect(fields.map(({ type }) => type)).toMatchObject([
    {},
    { bitWidth: 64, signed: true },
    { timezone: null },
    { timezone: 'UTC' },
    { precision: 2 },
    { children: [{ type: { precision: 1 } }] },
  ]);
});

it('has at least one row', () => {
  expect(() => written([], 3)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
});
