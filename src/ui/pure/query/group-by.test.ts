import { expect, it } from 'vitest';
import type { ItemView } from '../../../protocol/index.ts';
import { isGroupBy, listedGroups } from './group-by.ts';

const item = (key: string) => ({ key }) as ItemView;
const hit = (id: number) => ({ id, cosine: 1, pValue: 0.1 });

it('lists groups as far as their photos are listed, then the photos in none', () => {
  const groups = [
    { item: item('jam'), photos: [4, 9] },
    { item: item('tea'), photos: [8] },
  ];
  expect(listedGroups(groups, [4, 5, 2].map(hit))).toEqual({
    groups: [{ item: item('jam'), photos: [4] }],
    rest: [hit(5), hit(2)],
  });
  expect(listedGroups([], [hit(1)])).toEqual({ groups: [], rest: [hit(1)] });
});

it('knows what results can be grouped by', () => {
  expect(['photo', 'item', 'person', 'toString', null].map(isGroupBy)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
