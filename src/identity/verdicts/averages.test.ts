import { describe, expect, it } from 'vitest';
import type { Face } from '../faces/face.ts';
import { distance } from '../faces/faceVectors.ts';
import type { Person } from '../people/people.ts';
import { testLibrary } from '../testing/library.ts';
import { Averages, sampleVectors } from './averages.ts';

const { faces, person, vectors, vector } = testLibrary(600, 20);

function personOf(theirs: readonly Face[]): Person {
  return {
    key: theirs[0]?.id ?? 'nobody',
    id: undefined,
    name: '',
    hidden: false,
    faces: theirs,
    confirmed: new Set(),
    conflicting: [],
    cover: theirs[0],
  };
}

const everybody = Array.from({ length: 20 }, (_, who) =>
  personOf(faces.filter(({ faceKey }) => person[faceKey - 1] === who)),
);

/** Root mean square distance, by brute force. */
function apart(a: Person, b: Person): number {
  const others = sampleVectors(b, vectors);
  const squares = sampleVectors(a, vectors).flatMap((one) =>
    others.map((other) => distance(vector(one.faceKey), vector(other.faceKey)) ** 2),
  );
  return Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / squares.length);
}

describe('Averages', () => {
  it('gives the same distance between people as all pairs of their faces', async () => {
    const averages = await Averages.of(everybody, vectors);
    const pairs = await averages.near(10);
    expect(pairs).toHaveLength((20 * 19) / 2);
    for (const { a, b, l2 } of pairs)
      expect(l2).toBeCloseTo(apart(everybody[a]!, everybody[b]!), 4);
  });

  it('lists each nearby pair once', async () => {
    const averages = await Averages.of(everybody, vectors);
    const near = await averages.near(0.85);
    const wanted = everybody.flatMap((one, a) =>
      everybody.flatMap((other, b) => (a < b && apart(one, other) < 0.85 ? [`${a} ${b}`] : [])),
    );
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(190);
    expect(near.map(({ a, b }) => `${a} ${b}`)).toEqual(wanted);
  });

  it('leaves out people without vectors', async () => {
    const { faceKey: _row, ...rest } = faces[0]!;
    const unseen = personOf([{ ...rest, faceKey: 99_999 }]);
    const averages = await Averages.of([everybody[0]!, unseen, personOf([])], vectors);
    expect(await averages.near(10)).toEqual([]);
  });

  it('can be aborted', async () => {
    const control = { aborted: () => true };
    const aborted = { code: 'aborted' };
    await expect(Averages.of(everybody, vectors, control)).rejects.toMatchObject(aborted);
    const averages = await Averages.of(everybody, vectors);
    await expect(averages.near(10, control)).rejects.toMatchObject(aborted);
  });
});
