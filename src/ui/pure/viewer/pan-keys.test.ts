import { expect, it } from 'vitest';
import { panByKey } from './pan-keys.ts';

const panorama = { clientWidth: 700, clientHeight: 200, scrollWidth: 4000, scrollHeight: 200 };
const strip = { clientWidth: 300, clientHeight: 600, scrollWidth: 300, scrollHeight: 9000 };

it('pans a fraction of the view with an arrow key', () => {
  expect(panByKey('ArrowRight', panorama)).toEqual([140, 0]);
  expect(panByKey('ArrowUp', strip)).toEqual([0, -120]);
});

it('pans by pages along the long side', () => {
  expect(panByKey('PageDown', panorama)).toEqual([630, 0]);
  expect(panByKey('PageUp', strip)).toEqual([0, -540]);
});

it('goes to both ends and ignores other keys', () => {
  expect(panByKey('End', panorama)).toEqual([4000, 200]);
  expect(panByKey('Home', strip)).toEqual([-300, -9000]);
  expect(panByKey('Enter', strip)).toBeNull();
});
