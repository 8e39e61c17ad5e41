import { expect, it } from 'vitest';
import { nodeSimdKernels } from '../../../bench/nodeKernels.ts';
import { createPrng } from '../../base/prng.ts';
import { clusteredUnitVectors } from '../eval/synthetic.ts';
import { AddAhead } from './addAhead.ts';
import { coarseSampleSize } from './cells/coarseTrain.ts';
import type { IndexSpec } from './spec.ts';
import { trainIndex } from './train.ts';

const D = 16;
const N = 1_000;
const vectors = clusteredUnitVectors({ d: D, centres: 20 }, createPrng(2))(N);
const ids = Uint32Array.from({ length: N }, (_, row) => row + 1);
const space = { spaceId: 'test/16', metric: 'ip', d: D } as const;

const builderOf = (spec: IndexSpec) => trainIndex(nodeSimdKernels(), space, spec, vectors);

const CELLED: IndexSpec[] = [
  { kind: 'ivf', nlist: 16 },
  { kind: 'ivfpq', nlist: 16 },
  { kind: 'ivfpq', nlist: 16, opq: true },
];
const OTHERS: IndexSpec[] = [{ kind: 'flat' }, { kind: 'flat', store: 'sq8' }, { kind: 'pq' }];

it.each([...CELLED, ...OTHERS])('builds the same $kind index as plain add', async (spec) => {
  const plain = await builderOf(spec);
  plain.add(ids, vectors);
  const builder = await builderOf(spec);
  expect(builder.findCells !== undefined).toBe(CELLED.includes(spec));
  const ahead = new AddAhead(builder);
  for (let row = 0; row < N; row += 300) {
    const end = Math.min(N, row + 300);
    await ahead.add(ids.subarray(row, end), vectors.subarray(row * D, end * D));
  }
  await ahead.finish();
  const bytes = Buffer.from(builder.seal().serialize());
  expect(bytes.equals(Buffer.from(plain.seal().serialize()))).toBe(true);
});

it.each(CELLED)('accepts only complete, in-range cells for $kind', async (spec) => {
  const builder = await builderOf(spec);
  const [id, vector] = [ids.subarray(0, 2), vectors.subarray(0, 2 * D)];
  const cells = await builder.findCells!(vector);
  for (const wrong of [cells.subarray(0, 1), Uint32Array.of(cells[0]!, 16)]) {
    expect(() => builder.add(id, vector, wrong)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  }
  builder.add(id, vector, cells);
  expect(builder.seal().live).toBe(2);
});

it.each(OTHERS.slice(1))('rejects cells for $kind', async (spec) => {
  const builder = await builderOf(spec);
  expect(() => builder.add(ids, vectors, new Uint32Array(N))).toThrow(
    expect.objectContaining({ code: 'invalid-argument' }),
  );
});

it('rejects an invalid block and stops when aborted', async () => {
  const builder = await builderOf({ kind: 'ivf', nlist: 16 });
  let ended = false;
  const ahead = new AddAhead(builder, { aborted: () => ended });
  await ahead.add(ids.subarray(0, 100), vectors.subarray(0, 100 * D));
  const bad = Float32Array.from({ length: D }, () => Number.NaN);
  await expect(ahead.add([101], bad)).rejects.toMatchObject({ code: 'bad-vector' });
  await expect(ahead.add([101], bad.subarray(1))).rejects.toMatchObject({ code: 'bad-vector' });
  ended = true;
  await expect(ahead.add([102], vectors.subarray(0, D))).rejects.toMatchObject({ code: 'aborted' });
  await ahead.finish();
  expect(builder.seal().live).toBe(100);
});

it('caps the coarse quantizer’s sample by training cost but keeps some points per cell', () => {
  expect(coarseSampleSize(256, 128)).toBe(128 * 256);
  expect(coarseSampleSize(4096, 128)).toBe(64 * 4096);
  expect(coarseSampleSize(65_536, 512)).toBe(16 * 65_536);
  for (const nlist of [1, 100, 2048, 4096]) {
    for (const d of [16, 128]) {
      expect(coarseSampleSize(nlist, d) * nlist * d).toBeLessThanOrEqual(2 ** 37);
    }
  }
});
