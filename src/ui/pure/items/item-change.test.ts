import { expect, it } from 'vitest';
import type { ItemEntryView } from '../../../protocol/index.ts';
import { itemChangeText } from './item-change.ts';

const entry = { entry: 1, at: 1, title: 'Jam', items: 1, reverted: false, pictures: [] };

it.each([
  ['create', 2, 'Made the item Jam of 2 photos'],
  ['create', 0, 'Made the item Jam'],
  ['edit', 0, 'Edited Jam'],
  ['add', 1, 'Added 1 photo to Jam'],
  ['reject', 3, 'Took 3 photos out of Jam'],
  ['cover', 0, 'Changed the cover of Jam'],
  ['merge', 0, 'Merged another item into Jam'],
  ['remove', 0, 'Deleted the item Jam'],
] as const)('%s of %i photos is “%s”', (kind, photos, text) => {
  expect(itemChangeText({ ...entry, kind, photos } satisfies ItemEntryView)).toBe(text);
});

it('says how much a list changed', () => {
  const list = { ...entry, kind: 'import', items: 40, photos: 1_200 } as const;
  expect(itemChangeText(list)).toBe('Imported a list: 40 items, 1,200 photos');
});
