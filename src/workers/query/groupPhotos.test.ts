import { describe, expect, it } from 'vitest';
import type { ItemView, PersonView } from '../../protocol/index.ts';
import { groupPhotos } from './groupPhotos.ts';

const item = (key: string): ItemView => ({ key, sku: '', title: key, photos: 9, cover: 1 });
const person = (key: string) => ({ key, name: key }) as PersonView;

describe('grouping results', () => {
  it('puts the group of the best photo first, with its photos in order', () => {
    const [jam, tea] = [item('jam'), item('tea')];
    const shown = [
      [4, jam],
      [2, tea],
      [7, jam],
      [3, tea],
    ] as const;
    expect(groupPhotos([7, 5, 2, 4, 3], { by: 'item', shown })).toEqual([
      { item: jam, photos: [7, 4] },
      { item: tea, photos: [2, 3] },
    ]);
  });

  it('puts a photo of two people into both groups, and one twice in a photo there once', () => {
    const [ana, bo] = [person('ana'), person('bo')];
    const shown = [
      [1, ana],
      [1, bo],
      [2, bo],
      [2, bo],
    ] as const;
    expect(groupPhotos([2, 1], { by: 'person', shown })).toEqual([
      { person: bo, photos: [2, 1] },
      { person: ana, photos: [1] },
    ]);
  });

  it('makes none of photos that show nothing, and of what isn’t among the results', () => {
    expect(groupPhotos([1, 2], { by: 'item', shown: [[3, item('jam')]] })).toEqual([]);
  });
});
