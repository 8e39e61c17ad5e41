import { expect, it } from 'vitest';
import type { ImportFile } from '../../protocol/index.ts';
import { fileBatches } from './fileBatches.ts';

const MB = 2 ** 20;
const filesOf = (...sizes: number[]): ImportFile[] =>
  sizes.map((size, i) => ({ file: { name: `${i}`, size } as File }));
const lengths = (files: ImportFile[]) => Array.from(fileBatches(files), (part) => part.length);

it('starts with a small batch and continues with larger ones', () => {
  expect(lengths(filesOf(...new Array<number>(150).fill(1)))).toEqual([8, 64, 64, 14]);
  expect(lengths(filesOf(1, 1))).toEqual([2]);
  expect(lengths([])).toEqual([]);
});

it('limits a batch by bytes, except for a single larger file', () => {
  expect(lengths(filesOf(30 * MB, 18 * MB, 1, 400 * MB, 1))).toEqual([2, 1, 1, 1]);
});

it('includes every file, in order', () => {
  const files = filesOf(...Array.from({ length: 200 }, (_, i) => (i % 7) * 4 * MB));
  expect([...fileBatches(files)].flat()).toEqual(files);
});
