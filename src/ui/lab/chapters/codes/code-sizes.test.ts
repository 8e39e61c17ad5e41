import { expect, it } from 'vitest';
import { resolveSpec } from '../../../../ann/index.ts';
import { codeSizes, shownSize, specOf } from './code-sizes.ts';

it.each([
  [256, 600, [4, 8, 16, 32, 64]],
  [256, 30, [4, 8, 16, 32, 64]],
  [16, 600, [4, 8, 16]],
  [12, 600, [4]],
  [7, 30, [0.5, 3.5]],
  [1, 16, [0.5]],
])('offers codes that %i components of %i photos can have', (d, photos, bytes) => {
  const sizes = codeSizes(d, photos);
  expect(sizes.map((size) => size.bytes)).toEqual(bytes);
  for (const size of [...sizes, shownSize(sizes)]) {
    expect(() => resolveSpec(specOf(size), photos, d)).not.toThrow();
  }
});
