import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import type { Assertion } from '../log/assertions.ts';
import { faceId } from '../testing/ids.ts';
import { logOf } from '../testing/logOf.ts';
import { randomAssertion } from '../testing/randomAssertion.ts';
import { buildConstraints } from './buildConstraints.ts';
import type { Constraints } from './constraints.ts';

const f = (n: number) => faceId(n);
const labelFace = (person: string, ...faces: number[]): Assertion => ({
  kind: 'labelFace',
  person,
  faces: faces.map(f),
});
const labelCluster = (person: string, ...faces: number[]): Assertion =>
  ({
    ...labelFace(person, ...faces),
    kind: 'labelCluster',
  }) as Assertion;
const exclude = (person: string, ...faces: number[]): Assertion =>
  ({
    ...labelFace(person, ...faces),
    kind: 'exclude',
  }) as Assertion;

const constraintsOf = (...entries: (Assertion | number)[]) => buildConstraints(logOf(...entries));

/** All properties of constraints for some faces and people, for comparison. */
function meaning(constraints: Constraints, faces: number): unknown {
  const ids = Array.from({ length: faces }, (_, i) => f(i));
  return {
    people: [...constraints.people],
    faces: ids.map((id) => [
      constraints.personOf(id),
      constraints.faces.get(id)?.label,
      constraints.faces.get(id)?.propagates,
    ]),
    apart: ids.map((a) => ids.filter((b) => constraints.forbids(a, b))),
    together: ids.map((a) =>
      ids.filter(
        (b) =>
          constraints.componentOf(a) !== undefined &&
          constraints.componentOf(a) === constraints.componentOf(b),
      ),
    ),
    notFaces: [...constraints.notFaces].sort(),
    collages: [...constraints.collages].sort(),
  };
}

describe('buildConstraints', () => {
  it('returns no constraints for an empty log', () => {
    const constraints = constraintsOf();
    expect(constraints.people.size).toBe(0);
    expect(constraints.personOf(f(1))).toBeUndefined();
    expect(constraints.rejects(f(1), 'ana')).toBe(false);
  });

  it('lets a newer assertion override an older one for that face only', () => {
    const constraints = constraintsOf(labelCluster('ana', 1, 2, 3), labelFace('eva', 3));
    expect([1, 2, 3].map((n) => constraints.personOf(f(n)))).toEqual(['ana', 'ana', 'eva']);
    expect(constraints.overridden).toEqual([{ entry: 1, assertion: 0 }]);
  });

  it('lets the newer of a confirmation and a rejection win', () => {
    expect(constraintsOf(labelFace('ana', 1), exclude('ana', 1)).personOf(f(1))).toBeUndefined();
    expect(constraintsOf(labelFace('ana', 1), exclude('ana', 1)).rejects(f(1), 'ana')).toBe(true);
    expect(constraintsOf(exclude('ana', 1), labelFace('ana', 1)).personOf(f(1))).toBe('ana');
    expect(constraintsOf(exclude('ana', 1), labelFace('ana', 1)).rejects(f(1), 'ana')).toBe(false);
  });

  it('extends labels and cannot-links across must-linked faces', () => {
    const constraints = constraintsOf(
      labelFace('ana', 1),
      { kind: 'mustLink', a: f(1), b: f(2) },
      { kind: 'cannotLink', a: f(2), b: f(3) },
    );
    expect(constraints.personOf(f(2))).toBe('ana');
    expect(constraints.forbids(f(1), f(3))).toBe(true);
    expect(constraints.rejects(f(3), 'ana')).toBe(true);
  });

  it('overrides the oldest of three contradictory assertions', () => {
    const same12: Assertion = { kind: 'mustLink', a: f(1), b: f(2) };
    const same23: Assertion = { kind: 'mustLink', a: f(2), b: f(3) };
    const differ: Assertion = { kind: 'cannotLink', a: f(1), b: f(3) };
    const constraints = constraintsOf(differ, same12, same23);
    expect(constraints.overridden).toEqual([{ entry: 1, assertion: 0 }]);
    expect(constraints.componentOf(f(1))).toBe(constraints.componentOf(f(3)));
    const other = constraintsOf(same12, same23, differ);
    expect(other.overridden).toEqual([{ entry: 1, assertion: 0 }]);
    expect(other.forbids(f(1), f(2))).toBe(true);
  });

  it('restores an overridden assertion when the conflicting one is reverted', () => {
    const constraints = constraintsOf(labelFace('ana', 1), labelFace('eva', 1), 2);
    expect(constraints.personOf(f(1))).toBe('ana');
    expect(constraints.overridden).toEqual([]);
  });

  it('does not merge two people because of one must-link', () => {
    const constraints = constraintsOf(labelFace('ana', 1), labelFace('eva', 2), {
      kind: 'mustLink',
      a: f(1),
      b: f(2),
    });
    expect([...constraints.people.keys()]).toEqual(['ana', 'eva']);
    expect(constraints.personOf(f(1))).toBe('eva');
  });

  it('merges people under the id and name of the target', () => {
    const constraints = constraintsOf(
      labelFace('ana', 1),
      { kind: 'name', person: 'ana', name: 'Ana' },
      labelFace('p2', 2),
      { kind: 'name', person: 'p2', name: 'Anna' },
      { kind: 'merge', into: 'ana', from: 'p2' },
    );
    expect(constraints.people.get('ana')).toMatchObject({ name: 'Ana', merged: ['p2'] });
    expect(constraints.people.has('p2')).toBe(false);
    expect(constraints.currentId('p2')).toBe('ana');
    expect(constraints.personOf(f(2))).toBe('ana');
    expect(constraints.faces.get(f(2))?.label).toBe('p2');
  });

  it('keeps the merged person’s name if the target has none', () => {
    const constraints = constraintsOf(
      { kind: 'name', person: 'p2', name: 'Anna' },
      labelFace('ana', 1),
      {
        kind: 'merge',
        into: 'ana',
        from: 'p2',
      },
    );
    expect(constraints.people.get('ana')?.name).toBe('Anna');
  });

  it('follows a chain of merges to its end', () => {
    const constraints = constraintsOf(
      { kind: 'merge', into: 'b', from: 'a' },
      { kind: 'merge', into: 'c', from: 'b' },
    );
    expect(['a', 'b', 'c'].map((id) => constraints.currentId(id))).toEqual(['c', 'c', 'c']);
  });

  it('keeps a rejected face out of a merge that would bring it back', () => {
    const constraints = constraintsOf(labelFace('eva', 1, 2), exclude('ana', 1), {
      kind: 'merge',
      into: 'ana',
      from: 'eva',
    });
    expect(constraints.personOf(f(2))).toBe('ana');
    expect(constraints.personOf(f(1))).toBeUndefined();
  });

  it('keeps distinct people apart until a newer merge', () => {
    const apart: Assertion = { kind: 'distinct', a: 'ana', b: 'eva' };
    const merge: Assertion = { kind: 'merge', into: 'ana', from: 'eva' };
    expect(constraintsOf(merge, apart).currentId('eva')).toBe('eva');
    expect(constraintsOf(apart, merge).currentId('eva')).toBe('ana');
  });

  it('dismisses a notFace face until a newer assertion labels it', () => {
    const not: Assertion = { kind: 'notFace', faces: [f(1)] };
    expect(constraintsOf(labelFace('ana', 1), not).personOf(f(1))).toBeUndefined();
    expect(constraintsOf(labelFace('ana', 1), not).notFaces.has(f(1))).toBe(true);
    expect(constraintsOf(not, labelFace('ana', 1)).personOf(f(1))).toBe('ana');
    expect(constraintsOf(not, labelFace('ana', 1)).notFaces.size).toBe(0);
  });

  it('propagates a label if any assertion for that person does', () => {
    expect(
      constraintsOf(labelCluster('ana', 1), labelFace('ana', 1)).faces.get(f(1))?.propagates,
    ).toBe(true);
    expect(constraintsOf(labelFace('ana', 1)).faces.get(f(1))?.propagates).toBe(false);
  });

  it('lists the newest cover first, and the person’s own before merged ones', () => {
    const cover = (person: string, n: number): Assertion => ({ kind: 'cover', person, face: f(n) });
    const constraints = constraintsOf(cover('ana', 1), cover('ana', 2), cover('eva', 3), {
      kind: 'merge',
      into: 'ana',
      from: 'eva',
    });
    expect(constraints.people.get('ana')?.covers).toEqual([f(2), f(1), f(3)]);
  });
});

describe('any log', () => {
  const FACES = 12;

  it('yields constraints without contradictions', () => {
    const contradictions: number[][] = [];
    for (let seed = 1; seed <= 200; seed++) {
      const prng = createPrng(seed);
      const constraints = constraintsOf(
        ...Array.from({ length: 30 }, () => randomAssertion(prng, FACES)),
      );
      for (let a = 0; a < FACES; a++) {
        for (let b = 0; b < FACES; b++) {
          const together =
            constraints.componentOf(f(a)) !== undefined &&
            constraints.componentOf(f(a)) === constraints.componentOf(f(b));
          const apart = constraints.forbids(f(a), f(b));
          if ((together && apart) || apart !== constraints.forbids(f(b), f(a))) {
            contradictions.push([seed, a, b]);
          }
        }
      }
    }
    expect(contradictions).toEqual([]);
  });

  it('never overrides its newest assertion', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const prng = createPrng(seed);
      const assertions = Array.from({ length: 20 }, () => randomAssertion(prng, FACES));
      const { overridden } = constraintsOf(...assertions);
      expect(overridden.filter(({ entry }) => entry === assertions.length)).toEqual([]);
    }
  });

  it('yields the same constraints after any assertion, even a merge, is added and reverted', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const prng = createPrng(seed);
      const assertions = Array.from({ length: 20 }, () => randomAssertion(prng, FACES));
      const extra: Assertion =
        seed % 2 === 0 ? randomAssertion(prng, FACES) : { kind: 'merge', into: 'p0', from: 'p1' };
      const before = constraintsOf(...assertions);
      const after = constraintsOf(...assertions, extra, assertions.length + 1);
      expect(meaning(after, FACES)).toEqual(meaning(before, FACES));
    }
  });

  it('yields the same constraints whether an entry is reverted or absent', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const prng = createPrng(seed);
      const assertions = Array.from({ length: 20 }, () => randomAssertion(prng, FACES));
      const gone = prng.below(assertions.length);
      const without = constraintsOf(...assertions.filter((_, i) => i !== gone));
      expect(meaning(constraintsOf(...assertions, gone + 1), FACES)).toEqual(
        meaning(without, FACES),
      );
    }
  });
});
