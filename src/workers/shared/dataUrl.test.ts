import { expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { imageUrl } from './dataUrl.ts';

it.each([0, 1, 2, 8191, 8192, 8193, 20_000])('preserves all %s bytes', async (length) => {
  const prng = createPrng(length);
  const bytes = Uint8Array.from({ length }, (_, i) => (i === 0 ? 0 : prng.below(256)));
  const answer = await fetch(imageUrl(bytes));
  expect(answer.headers.get('content-type')).toBe('image/webp');
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
});

it('detects JPEG, for browsers that can’t write WebP, and labels all else as WebP', () => {
  const typeOf = (text: string) =>
    imageUrl(new Uint8Array(Buffer.from(text, 'latin1'))).replace(/;.*/, '');
  expect(typeOf('\xff\xd8\xff\xe0')).toBe('data:image/jpeg');
  expect(typeOf('RIFF\0\0\0\0WEBP')).toBe('data:image/webp');
  expect(typeOf('<svg onload="alert(1)">')).toBe('data:image/webp');
  expect(typeOf('')).toBe('data:image/webp');
});
