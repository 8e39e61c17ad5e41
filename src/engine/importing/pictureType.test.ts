import { expect, it } from 'vitest';
import { pictureType } from './pictureType.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const JPEG = [0xff, 0xd8, 0xff, 0xe0, 0, 16];

it.each(['image/svg+xml', 'image/jpeg', 'text/html', ''])(
  'rejects an SVG drawing declared as %j',
  async (type) => {
    expect(await pictureType(new Blob([SVG], { type }))).toBeNull();
    expect(
      await pictureType(new Blob(['\ufeff \n<?xml version="1.0"?>', SVG], { type })),
    ).toBeNull();
  },
);

it.each(['text/html', 'image/svg+xml', 'image/png', ''])(
  'detects a JPEG by its bytes, not by its declared type %j',
  async (type) => {
    const file = new File([new Uint8Array(JPEG), SVG], 'photo.html', { type });
    expect(await pictureType(file)).toBe('image/jpeg');
  },
);

it('rejects files that are not pictures', async () => {
  for (const parts of [[], ['<!doctype html><script>1</script>'], ['%PDF-1.7'], ['GIF88a']]) {
    expect(await pictureType(new Blob(parts, { type: 'image/gif' }))).toBeNull();
  }
});
