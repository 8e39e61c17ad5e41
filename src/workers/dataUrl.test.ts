import { expect, it } from 'vitest';
import { imageUrl } from './dataUrl.ts';

it('gives bytes of any length and value as base64', () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, i) => i % 256);
  const url = imageUrl(bytes);
  expect(url.slice(0, 23)).toBe('data:image/webp;base64,');
  expect(Buffer.from(url.slice(23), 'base64')).toEqual(Buffer.from(bytes));
});

it('tells JPEG, which browsers write that can’t write WebP, and gives no other type', () => {
  const typeOf = (text: string) =>
    imageUrl(new Uint8Array(Buffer.from(text, 'latin1'))).replace(/;.*/, '');
  expect(typeOf('\xff\xd8\xff\xe0')).toBe('data:image/jpeg');
  expect(typeOf('RIFF\0\0\0\0WEBP')).toBe('data:image/webp');
  expect(typeOf('<svg onload="alert(1)">')).toBe('data:image/webp');
  expect(typeOf('')).toBe('data:image/webp');
});
