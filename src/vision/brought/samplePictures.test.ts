import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { samplePictures } from './samplePictures.ts';

const pack = (items: readonly object[]) =>
  zipSync({
    'samples.json': strToU8(JSON.stringify({ version: 1, items })),
    ...Object.fromEntries(
      ['a/1', 'a/2', 'a/3', 'b/1', 'c/1'].map((name) => [`${name}.webp`, strToU8(name)]),
    ),
  });

const items = ['a/1', 'a/2', 'a/3', 'b/1', 'c/1', 'gone/1'].map((name) => ({
  file: `${name}.webp`,
  class: name[0],
}));

it('selects sample pictures evenly across classes', async () => {
  const texts = async (most: number) =>
    Promise.all(samplePictures(pack(items), most).map((picture) => picture.text()));
  expect(await texts(3)).toEqual(['a/1', 'b/1', 'c/1']);
  expect((await texts(100)).toSorted()).toEqual(['a/1', 'a/2', 'a/3', 'b/1', 'c/1']);
  expect(() => samplePictures(zipSync({}), 3)).toThrow();
});
