import type { Prng } from '../../base/prng.ts';
import type { Assertion } from '../log/assertions.ts';
import { faceId, photoHash } from './ids.ts';

const PEOPLE = 4;

/** A random assertion about the first `faces` test faces and four people, `p0` to `p3`. */
export function randomAssertion(
  prng: Prng,
  faces: number,
  idOf: (n: number) => string = (n) => faceId(n),
): Assertion {
  const person = `p${prng.below(PEOPLE)}`;
  const other = `p${(Number(person[1]) + 1 + prng.below(PEOPLE - 1)) % PEOPLE}`;
  const a = prng.below(faces);
  const b = (a + 1 + prng.below(faces - 1)) % faces;
  const some = Array.from({ length: 1 + prng.below(3) }, () => idOf(prng.below(faces)));
  switch (prng.below(11)) {
    case 0:
    case 1:
      return { kind: 'labelCluster', person, faces: some };
    case 2:
      return { kind: 'labelFace', person, faces: some };
    case 3:
      return { kind: 'exclude', person, faces: some };
    case 4:
      return { kind: 'mustLink', a: idOf(a), b: idOf(b) };
    case 5:
    case 6:
      return { kind: 'cannotLink', a: idOf(a), b: idOf(b) };
    case 7:
      return { kind: 'merge', into: person, from: other };
    case 8:
      return { kind: 'name', person, name: prng.below(2) === 0 ? 'Ana' : 'Eva' };
    case 9:
      return prng.below(2) === 0
        ? { kind: 'notFace', faces: [idOf(a)] }
        : { kind: 'distinct', a: person, b: other };
    default:
      return { kind: 'collage', photoHash: photoHash(a), collage: prng.below(2) === 0 };
  }
}
