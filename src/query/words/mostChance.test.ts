import { expect, it } from 'vitest';
import { mostChance } from './mostChance.ts';

it('rises with the number of classes of a word, up to a tenth', () => {
  expect(mostChance(1, 0.002)).toBe(0.002);
  expect(mostChance(10, 0.002)).toBeCloseTo(0.02, 12);
  expect(mostChance(118, 0.002)).toBe(0.1);
});
