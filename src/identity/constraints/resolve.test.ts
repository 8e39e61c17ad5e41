import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import type { Word } from '../log/words.ts';
import { faceId } from '../testing/ids.ts';
import { logOf } from '../testing/logOf.ts';
import { randomWord } from '../testing/randomWord.ts';
import type { Constraints } from './constraints.ts';
import { resolve } from './resolve.ts';

const f = (n: number) => faceId(n);
const is = (person: string, ...faces: number[]): Word => ({
  kind: 'is',
  person,
  faces: faces.map(f),
});
const group = (person: string, ...faces: number[]): Word =>
  ({
    ...is(person, ...faces),
    kind: 'group',
  }) as Word;
const isNot = (person: string, ...faces: number[]): Word =>
  ({
    ...is(person, ...faces),
    kind: 'isNot',
  }) as Word;

const said = (...steps: (Word | number)[]) => resolve(logOf(...steps));

/** All that constraints say of some faces and people, to compare by. */
function meaning(constraints: Constraints, faces: number): unknown {
  const ids = Array.from({ length: faces }, (_, i) => f(i));
  return {
    people: [...constraints.people],
    faces: ids.map((id) => [
      constraints.personOf(id),
      constraints.faces.get(id)?.base,
      constraints.faces.get(id)?.leads,
    ]),
    apart: ids.map((a) => ids.filter((b) => constraints.forbids(a, b))),
    together: ids.map((a) =>
      ids.filter(
        (b) =>
          constraints.bondOf(a) !== undefined && constraints.bondOf(a) === constraints.bondOf(b),
      ),
    ),
    notFaces: [...constraints.notFaces].sort(),
    collages: [...constraints.collages].sort(),
  };
}

describe('resolve', () => {
  it('has nothing to say of an empty log', () => {
    const constraints = said();
    expect(constraints.people.size).toBe(0);
    expect(constraints.personOf(f(1))).toBeUndefined();
    expect(constraints.rejects(f(1), 'ana')).toBe(false);
  });

  it('lets a newer word on one face win, and leaves the others of the older word', () => {
    const constraints = said(group('ana', 1, 2, 3), is('eva', 3));
    expect([1, 2, 3].map((n) => constraints.personOf(f(n)))).toEqual(['ana', 'ana', 'eva']);
    expect(constraints.setAside).toEqual([{ step: 1, word: 0 }]);
  });

  it('keeps a rejected face out, also where it was confirmed before; and the reverse', () => {
    expect(said(is('ana', 1), isNot('ana', 1)).personOf(f(1))).toBeUndefined();
    expect(said(is('ana', 1), isNot('ana', 1)).rejects(f(1), 'ana')).toBe(true);
    expect(said(isNot('ana', 1), is('ana', 1)).personOf(f(1))).toBe('ana');
    expect(said(isNot('ana', 1), is('ana', 1)).rejects(f(1), 'ana')).toBe(false);
  });

  it('carries a pair on: the same as Ana’s is Ana’s, and different from one is from all', () => {
    const constraints = said(
      is('ana', 1),
      { kind: 'same', a: f(1), b: f(2) },
      { kind: 'different', a: f(2), b: f(3) },
    );
    expect(constraints.personOf(f(2))).toBe('ana');
    expect(constraints.forbids(f(1), f(3))).toBe(true);
    expect(constraints.rejects(f(3), 'ana')).toBe(true);
  });

  it('sets aside the oldest of three words that can’t all be true', () => {
    const same12: Word = { kind: 'same', a: f(1), b: f(2) };
    const same23: Word = { kind: 'same', a: f(2), b: f(3) };
    const differ: Word = { kind: 'different', a: f(1), b: f(3) };
    const constraints = said(differ, same12, same23);
    expect(constraints.setAside).toEqual([{ step: 1, word: 0 }]);
    expect(constraints.bondOf(f(1))).toBe(constraints.bondOf(f(3)));
    const other = said(same12, same23, differ);
    expect(other.setAside).toEqual([{ step: 1, word: 0 }]);
    expect(other.forbids(f(1), f(2))).toBe(true);
  });

  it('brings back a word set aside when what contradicts it is taken back', () => {
    const constraints = said(is('ana', 1), is('eva', 1), 2);
    expect(constraints.personOf(f(1))).toBe('ana');
    expect(constraints.setAside).toEqual([]);
  });

  it('does not make one person of two by a pair of faces', () => {
    const constraints = said(is('ana', 1), is('eva', 2), { kind: 'same', a: f(1), b: f(2) });
    expect([...constraints.people.keys()]).toEqual(['ana', 'eva']);
    expect(constraints.personOf(f(1))).toBe('eva');
  });

  it('merges people under the id and the name of the one', () => {
    const constraints = said(
      is('ana', 1),
      { kind: 'name', person: 'ana', name: 'Ana' },
      is('p2', 2),
      { kind: 'name', person: 'p2', name: 'Anna' },
      { kind: 'merge', into: 'ana', from: 'p2' },
    );
    expect(constraints.people.get('ana')).toMatchObject({ name: 'Ana', merged: ['p2'] });
    expect(constraints.people.has('p2')).toBe(false);
    expect(constraints.currentId('p2')).toBe('ana');
    expect(constraints.personOf(f(2))).toBe('ana');
    expect(constraints.faces.get(f(2))?.base).toBe('p2');
  });

  it('takes the name along where the other has none', () => {
    const constraints = said({ kind: 'name', person: 'p2', name: 'Anna' }, is('ana', 1), {
      kind: 'merge',
      into: 'ana',
      from: 'p2',
    });
    expect(constraints.people.get('ana')?.name).toBe('Anna');
  });

  it('follows mergers one after the other to the last', () => {
    const constraints = said(
      { kind: 'merge', into: 'b', from: 'a' },
      { kind: 'merge', into: 'c', from: 'b' },
    );
    expect(['a', 'b', 'c'].map((id) => constraints.currentId(id))).toEqual(['c', 'c', 'c']);
  });

  it('leaves a rejected face out of a merger that would bring it back', () => {
    const constraints = said(is('eva', 1, 2), isNot('ana', 1), {
      kind: 'merge',
      into: 'ana',
      from: 'eva',
    });
    expect(constraints.personOf(f(2))).toBe('ana');
    expect(constraints.personOf(f(1))).toBeUndefined();
  });

  it('keeps people apart that are said to be, until a newer merger', () => {
    const apart: Word = { kind: 'apart', a: 'ana', b: 'eva' };
    const merge: Word = { kind: 'merge', into: 'ana', from: 'eva' };
    expect(said(merge, apart).currentId('eva')).toBe('eva');
    expect(said(apart, merge).currentId('eva')).toBe('ana');
  });

  it('dismisses what is no face, until it is said whose it is', () => {
    const not: Word = { kind: 'notFace', faces: [f(1)] };
    expect(said(is('ana', 1), not).personOf(f(1))).toBeUndefined();
    expect(said(is('ana', 1), not).notFaces.has(f(1))).toBe(true);
    expect(said(not, is('ana', 1)).personOf(f(1))).toBe('ana');
    expect(said(not, is('ana', 1)).notFaces.size).toBe(0);
  });

  it('lets a face lead once any word on that person says so', () => {
    expect(said(group('ana', 1), is('ana', 1)).faces.get(f(1))?.leads).toBe(true);
    expect(said(is('ana', 1)).faces.get(f(1))?.leads).toBe(false);
  });

  it('has the newest cover first, the person’s own before those taken in', () => {
    const cover = (person: string, n: number): Word => ({ kind: 'cover', person, face: f(n) });
    const constraints = said(cover('ana', 1), cover('ana', 2), cover('eva', 3), {
      kind: 'merge',
      into: 'ana',
      from: 'eva',
    });
    expect(constraints.people.get('ana')?.covers).toEqual([f(2), f(1), f(3)]);
  });
});

describe('any log', () => {
  const FACES = 12;

  it('comes to constraints that do not contradict themselves', () => {
    const contradictions: number[][] = [];
    for (let seed = 1; seed <= 200; seed++) {
      const prng = createPrng(seed);
      const constraints = said(...Array.from({ length: 30 }, () => randomWord(prng, FACES)));
      for (let a = 0; a < FACES; a++) {
        for (let b = 0; b < FACES; b++) {
          const together =
            constraints.bondOf(f(a)) !== undefined &&
            constraints.bondOf(f(a)) === constraints.bondOf(f(b));
          const apart = constraints.forbids(f(a), f(b));
          if ((together && apart) || apart !== constraints.forbids(f(b), f(a))) {
            contradictions.push([seed, a, b]);
          }
        }
      }
    }
    expect(contradictions).toEqual([]);
  });

  it('holds its newest word', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const prng = createPrng(seed);
      const words = Array.from({ length: 20 }, () => randomWord(prng, FACES));
      const { setAside } = said(...words);
      expect(setAside.filter(({ step }) => step === words.length)).toEqual([]);
    }
  });

  it('is the same after any word is said and taken back: to merge and undo changes nothing', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const prng = createPrng(seed);
      const words = Array.from({ length: 20 }, () => randomWord(prng, FACES));
      const extra: Word =
        seed % 2 === 0 ? randomWord(prng, FACES) : { kind: 'merge', into: 'p0', from: 'p1' };
      const before = said(...words);
      const after = said(...words, extra, words.length + 1);
      expect(meaning(after, FACES)).toEqual(meaning(before, FACES));
    }
  });

  it('without one step is the log that never had it', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const prng = createPrng(seed);
      const words = Array.from({ length: 20 }, () => randomWord(prng, FACES));
      const gone = prng.below(words.length);
      const without = said(...words.filter((_, i) => i !== gone));
      expect(meaning(said(...words, gone + 1), FACES)).toEqual(meaning(without, FACES));
    }
  });
});
