import { describe, expect, it } from 'vitest';
import { boxOf, intersectionOverUnion, isFaceId, makeFaceId, photoHashOf } from './faceId.ts';
import { matchFaces } from './matchFaces.ts';
import { photoHash } from './testing/ids.ts';

const HASH = photoHash(7);

describe('makeFaceId', () => {
  it('keeps the photo and the box', () => {
    const id = makeFaceId(HASH, { x: 0.12344, y: 0.5, width: 0.25, height: 0.125 });
    expect(id).toBe(`${HASH}@1234,5000,2500,1250`);
    expect(photoHashOf(id)).toBe(HASH);
    expect(boxOf(id)).toEqual({ x: 0.1234, y: 0.5, width: 0.25, height: 0.125 });
  });

  it('cuts off what lies outside the picture', () => {
    const id = makeFaceId(HASH, { x: -0.1, y: 0.9, width: 0.3, height: 0.4 });
    expect(boxOf(id)).toEqual({ x: 0, y: 0.9, width: 0.2, height: 0.1 });
  });

  it.each([
    ['no hash', 'abc', { x: 0, y: 0, width: 1, height: 1 }],
    ['no size', HASH, { x: 0.5, y: 0.5, width: 0, height: 0.1 }],
    ['no number', HASH, { x: Number.NaN, y: 0, width: 1, height: 1 }],
    ['all outside', HASH, { x: 1.5, y: 0, width: 1, height: 1 }],
  ])('refuses %s', (_, hash, box) => {
    expect(() => makeFaceId(hash, box)).toThrow(
      expect.objectContaining({ code: 'invalid-argument' }),
    );
  });
});

describe('isFaceId', () => {
  it.each([
    7,
    '',
    `${HASH}@1,2,3`,
    `${HASH}@1,2,3,4,5`,
    `${HASH}@01,2,3,4`,
    `${HASH}@9999,0,2,5`,
    `${HASH}@1,2,0,4`,
    `${HASH.toUpperCase().replace('7', 'A')}@1,2,3,4`,
    `${HASH}@1,2,3,4\n`,
  ])('refuses %j', (value) => {
    expect(isFaceId(value)).toBe(false);
  });
});

describe('intersectionOverUnion', () => {
  it('is 1 of a box with itself, 0 of boxes that only touch, and a third of halves', () => {
    const box = { x: 0, y: 0, width: 0.5, height: 0.5 };
    expect(intersectionOverUnion(box, box)).toBe(1);
    expect(intersectionOverUnion(box, { ...box, x: 0.5 })).toBe(0);
    expect(intersectionOverUnion(box, { ...box, x: 0.25 })).toBeCloseTo(1 / 3);
  });
});

describe('matchFaces', () => {
  const at = (x: number, photo = 7) =>
    makeFaceId(photoHash(photo), { x, y: 0.2, width: 0.1, height: 0.1 });

  it('takes the box that shares most, each once, and leaves what shares too little', () => {
    const from = [at(0.1), at(0.13), at(0.6), at(0.1, 8)];
    const to = [at(0.11), at(0.14), at(0.64), at(0.1, 9)];
    expect([...matchFaces(from, to)]).toEqual([
      [at(0.1), at(0.11)],
      [at(0.13), at(0.14)],
    ]);
  });

  it('does not depend on the order', () => {
    const from = [at(0.1), at(0.13)];
    const to = [at(0.115), at(0.145)];
    expect(new Map(matchFaces(from.toReversed(), to.toReversed()))).toEqual(matchFaces(from, to));
  });
});
