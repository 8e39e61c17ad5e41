import { describe, expect, it } from 'vitest';
import { faceIdOf, photoHash } from '../testing/ids.ts';
import { boxOf, isFaceId, photoHashOf } from './faceId.ts';
import { matchFaces } from './matchFaces.ts';

const HASH = photoHash(7);

it('a face id encodes its photo and box', () => {
  const id = `${HASH}:040200100400`;
  expect(isFaceId(id)).toBe(true);
  expect(photoHashOf(id)).toBe(HASH);
  expect(boxOf(id)).toEqual({ x: 0.0625, y: 0.5, width: 0.25, height: 1 });
  expect(faceIdOf(7, boxOf(id))).toBe(id);
});

it.each([
  7,
  null,
  '',
  HASH,
  `${HASH}:`,
  `${HASH}:04020010040`,
  `${HASH}:0402001004000`,
  `${HASH}:04020010040g`,
  `${HASH}:040200100401`,
  `${HASH}:fff200100400`,
  `${HASH}@040200100400`,
  `${HASH.replace('7', 'A')}:040200100400`,
  `${HASH}:040200100400\n`,
])('%j is not a face id', (value) => {
  expect(isFaceId(value)).toBe(false);
});

describe('matchFaces', () => {
  const at = (x: number, photo = 7) => faceIdOf(photo, { x, y: 0.2, width: 0.1, height: 0.1 });

  it('matches each face once, to the box with the most overlap, and skips too little overlap', () => {
    const from = [at(0.1), at(0.13), at(0.6), at(0.1, 8)];
    const to = [at(0.11), at(0.14), at(0.64), at(0.1, 9)];
    const expected = new Map([
      [at(0.1), at(0.11)],
      [at(0.13), at(0.14)],
    ]);
    expect(matchFaces(from, to)).toEqual(expected);
  });

  it('does not depend on the input order', () => {
    const from = [at(0.1), at(0.13)];
    const to = [at(0.115), at(0.145)];
    expect(new Map(matchFaces(from.toReversed(), to.toReversed()))).toEqual(matchFaces(from, to));
  });
});
