import { expect, it } from 'vitest';
import { createPrng } from '../base/prng.ts';
import { dataUrl } from './dataUrl.ts';

it.each([0, 1, 2, 8191, 8192, 8193, 20_000])('keeps each of %s bytes', async (length) => {
  const prng = createPrng(length);
  const bytes = Uint8Array.from({ length }, () => prng.below(256));
  const answer = await fetch(dataUrl('image/webp', bytes));
  expect(answer.headers.get('content-type')).toBe('image/webp');
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
});
