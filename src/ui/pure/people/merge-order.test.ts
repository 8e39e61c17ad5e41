import { expect, it } from 'vitest';
import type { PersonView } from '../../../protocol/index.ts';
import { mergeOrder } from './merge-order.ts';

const person = (key: string, name: string): PersonView => ({
  key,
  name,
  edited: name !== '',
  hidden: false,
  cover: null,
  faces: 1,
  photos: 1,
});
const ana = person('a', 'Ana');
const eva = person('b', 'Eva');
const [one, two] = [person('c', ''), person('d', '')];

it('never loses a name', () => {
  expect(mergeOrder(ana, one)).toEqual({ into: ana, from: one });
  expect(mergeOrder(one, ana)).toEqual({ into: ana, from: one });
});

it('otherwise keeps the chosen person', () => {
  expect(mergeOrder(ana, eva)).toEqual({ into: eva, from: ana });
  expect(mergeOrder(one, two)).toEqual({ into: two, from: one });
});
