import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { zipPhotos } from './zipPhotos.ts';

const blob = (...bytes: number[]) => new Blob([Uint8Array.from(bytes)]);

it('stores files unchanged, with their names and dates', async () => {
  const time = Date.UTC(2019, 4, 31, 23, 58, 58);
  const zip = await zipPhotos([
    { name: 'Strand.jpg', content: blob(1, 2, 3, 4, 5, 6, 7, 8, 9), time },
    { name: 'Größe 写真.png', content: blob(), time: Number.NaN },
  ]);
  const bytes = new Uint8Array(await zip.arrayBuffer());
  const files = unzipSync(bytes);
  expect(Object.keys(files)).toEqual(['Strand.jpg', 'Größe 写真.png']);
  expect([...files['Strand.jpg']!]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const view = new DataView(bytes.buffer);
  // MS-DOS date and time, with a resolution of 2 seconds.
  expect(view.getUint16(12, true)).toBe((39 << 9) | (5 << 5) | 31);
  expect(view.getUint16(10, true)).toBe((23 << 11) | (58 << 5) | 29);
});

it('archives a file larger than its memory buffer', async () => {
  const content = new Blob([new Uint8Array(2 ** 24 + 1).map((_, i) => i)]);
  const zip = await zipPhotos([{ name: 'a', content, time: 0 }]);
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  expect(Buffer.from(files.a!).equals(Buffer.from(await content.arrayBuffer()))).toBe(true);
});

it('rejects files that are too large for one archive', async () => {
  const content = { size: 2 ** 31 } as Blob;
  const entry = { content, time: 0 };
  await expect(
    zipPhotos([
      { ...entry, name: 'a' },
      { ...entry, name: 'b' },
    ]),
  ).rejects.toThrow(RangeError);
});
