import { describe, expect, it } from 'vitest';
import type { IndexSpec } from '../../../protocol/index.ts';
import {
  countSet,
  readField,
  type SpecField,
  sameChoice,
  sizeText,
  specFields,
  writeField,
} from './spec-fields.ts';

const DEFAULTS: readonly IndexSpec[] = [
  { kind: 'flat', store: 'float32' },
  { kind: 'ivfpq', nlist: 512, M: 32, nbits: 4, opq: true, rerank: 'sq8', seed: 1 },
  { kind: 'lopq', coarse: 'single', nlist: 64, M: 16, nbits: 8, rerank: 'sq8', seed: 1 },
];

function field(fields: readonly SpecField[], name: string): SpecField {
  const found = fields.find((each) => each.name === name);
  if (!found) throw new Error(`There is no field ${name}.`);
  return found;
}

function values(spec: IndexSpec, name: string, n = 25_000, d = 128): (string | number)[] {
  const { options } = field(specFields(spec, n, d, DEFAULTS), name);
  return (options ?? []).map(({ value }) => (value === '' ? '' : Number(value)));
}

describe('the available values', () => {
  it('are divisors of d for the number of code parts, even numbers for a multi-index', () => {
    expect(values({ kind: 'pq' }, 'M')).toEqual(['', 8, 16, 32, 64, 128]);
    expect(values({ kind: 'pq' }, 'M', 25_000, 1024)).toEqual(['', 64, 128, 256]);
    expect(values({ kind: 'lopq' }, 'M', 25_000, 6)).toEqual(['', 1, 2, 3, 6]);
    expect(values({ kind: 'lopq', coarse: 'multi' }, 'M', 25_000, 6)).toEqual(['', 2, 6]);
  });

  it('leave several photos per cell', () => {
    expect(values({ kind: 'ivf' }, 'nlist', 100)).toEqual(['', 4, 8, 16]);
    const most = (spec: IndexSpec) => values(spec, 'nlist', 10_000_000).at(-1);
    expect(most({ kind: 'ivfpq' })).toBe(65_536);
    expect(most({ kind: 'lopq' })).toBe(1024);
    expect(most({ kind: 'lopq', coarse: 'multi' })).toBe(256);
  });

  it('include 8-bit codes only with enough photos to train them', () => {
    expect(values({ kind: 'pq' }, 'nbits', 255)).toEqual(['', 4]);
    expect(values({ kind: 'pq' }, 'nbits', 256)).toEqual(['', 4, 8]);
  });

  it('are binary codes of at most a bit per component, and buckets for about a photo each', () => {
    expect(values({ kind: 'itq' }, 'nbits')).toEqual(['', 32, 64, 128]);
    expect(values({ kind: 'itq' }, 'nbits', 25_000, 1024)).toEqual(['', 32, 64, 128, 192, 256]);
    expect(values({ kind: 'lsh' }, 'tables')).toEqual(['', 2, 4, 8, 16, 32]);
    expect(values({ kind: 'lsh' }, 'bits', 100)).toEqual(['', 4, 5, 6, 7]);
    expect(values({ kind: 'lsh' }, 'bits', 1e9).at(-1)).toBe(24);
  });

  it('are lengths of lists for the links of a graph', () => {
    expect(values({ kind: 'hnsw' }, 'M')).toEqual(['', 8, 12, 16, 24, 32, 48]);
    expect(values({ kind: 'hnsw' }, 'efConstruction')).toEqual(['', 50, 100, 200, 400]);
  });

  it('are powers of two for leaves, and few or many trees', () => {
    expect(values({ kind: 'kdtree' }, 'leafSize')).toEqual(['', 8, 16, 32, 64, 128, 256]);
    expect(values({ kind: 'forest' }, 'trees')).toEqual(['', 2, 5, 10, 20, 50]);
  });

  it('include a value chosen elsewhere', () => {
    expect(values({ kind: 'forest', trees: 7 }, 'trees')).toContain(7);
    expect(values({ kind: 'ivf', nlist: 300 }, 'nlist')).toContain(300);
  });

  it('show what Automatic stands for, if known', () => {
    const automatic = (spec: IndexSpec, name: string) =>
      field(specFields(spec, 25_000, 128, DEFAULTS), name).options?.[0]?.label;
    expect(automatic({ kind: 'ivfpq' }, 'nlist')).toBe('Automatic: 512');
    expect(automatic({ kind: 'ivfpq' }, 'opq')).toBe('Automatic: Yes');
    expect(automatic({ kind: 'lopq' }, 'nlist')).toBe('Automatic: 64');
    expect(automatic({ kind: 'lopq', coarse: 'multi' }, 'nlist')).toBe('Automatic');
    expect(automatic({ kind: 'ivf' }, 'nlist')).toBe('Automatic');
  });
});

describe('a field', () => {
  it('writes numbers, booleans and strings with their types', () => {
    expect(writeField({ kind: 'ivf' }, 'nlist', '64')).toEqual({ kind: 'ivf', nlist: 64 });
    expect(writeField({ kind: 'ivfpq' }, 'opq', 'true')).toEqual({ kind: 'ivfpq', opq: true });
    expect(writeField({ kind: 'ivfpq' }, 'opq', 'false')).toEqual({ kind: 'ivfpq', opq: false });
    expect(writeField({ kind: 'pq' }, 'rerank', 'none')).toEqual({ kind: 'pq', rerank: 'none' });
  });

  it('is unset by an empty value and no longer counted', () => {
    const spec = writeField({ kind: 'ivf', nlist: 64 }, 'nlist', '');
    expect(spec).toEqual({ kind: 'ivf' });
    expect(readField(spec, 'nlist')).toBe('');
    expect(countSet(spec)).toBe(0);
  });

  it('for the cell type clears the fields that depend on it', () => {
    const spec: IndexSpec = { kind: 'lopq', nlist: 1024, M: 1, nbits: 8 };
    expect(writeField(spec, 'coarse', 'multi')).toEqual({
      kind: 'lopq',
      nbits: 8,
      coarse: 'multi',
    });
  });
});

it('compares choices only by what they request', () => {
  expect(sameChoice({ kind: 'automatic' }, { kind: 'automatic' })).toBe(true);
  expect(sameChoice({ kind: 'automatic' }, { kind: 'flat' })).toBe(false);
  expect(sameChoice({ kind: 'flat' }, { kind: 'flat', store: 'float32' })).toBe(true);
  expect(sameChoice({ kind: 'flat' }, { kind: 'flat', store: 'sq8' })).toBe(false);
  expect(sameChoice({ kind: 'pq', M: 8, seed: 1 }, { kind: 'pq', M: 8 })).toBe(true);
  expect(sameChoice({ kind: 'pq', M: 8 }, { kind: 'opq', M: 8 })).toBe(false);
});

it('shows the bytes per photo, if known', () => {
  expect(sizeText({ kind: 'flat' }, 128, DEFAULTS)).toBe('512 bytes per photo');
  expect(sizeText({ kind: 'flat', store: 'sq8' }, 128, DEFAULTS)).toBe('128 bytes per photo');
  expect(sizeText({ kind: 'ivfpq' }, 128, DEFAULTS)).toBe(
    '16 bytes per photo, plus 128 bytes for reranking',
  );
  expect(sizeText({ kind: 'ivfpq', nbits: 8, rerank: 'none' }, 128, DEFAULTS)).toBe(
    '32 bytes per photo',
  );
  expect(sizeText({ kind: 'itq', nbits: 128 }, 128, DEFAULTS)).toBe(
    '16 bytes per photo, plus 128 bytes for reranking',
  );
  expect(sizeText({ kind: 'pq' }, 128, DEFAULTS)).toBe('');
  expect(sizeText({ kind: 'hnsw' }, 128, DEFAULTS)).toBe('');
  expect(sizeText({ kind: 'hnsw', M: 16 }, 128, DEFAULTS)).toBe('640 bytes per photo');
  expect(sizeText({ kind: 'hnsw', M: 16, store: 'sq8' }, 128, DEFAULTS)).toBe(
    '256 bytes per photo',
  );
  expect(sizeText({ kind: 'lsh', tables: 8, bits: 14 }, 128, DEFAULTS)).toBe('');
});
