import type { Prng } from '../../base/prng.ts';
import type { Word } from '../log/words.ts';
import { faceId, photoHash } from './ids.ts';

const PEOPLE = 4;

/** A word about the first `faces` faces of a test and four people, `p0` to `p3`. */
export function randomWord(
  prng: Prng,
  faces: number,
  idOf: (n: number) => string = (n) => faceId(n),
): Word {
  const person = `p${prng.below(PEOPLE)}`;
  const other = `p${(Number(person[1]) + 1 + prng.below(PEOPLE - 1)) % PEOPLE}`;
  const a = prng.below(faces);
  const b = (a + 1 + prng.below(faces - 1)) % faces;
  const some = Array.from({ length: 1 + prng.below(3) }, () => idOf(prng.below(faces)));
  switch (prng.below(11)) {
    case 0:
    case 1:
      return { kind: 'group', person, faces: some };
    case 2:
      return { kind: 'is', person, faces: some };
    case 3:
      return { kind: 'isNot', person, faces: some };
    case 4:
      return { kind: 'same', a: idOf(a), b: idOf(b) };
    case 5:
    case 6:
      return { kind: 'different', a: idOf(a), b: idOf(b) };
    case 7:
      return { kind: 'merge', into: person, from: other };
    case 8:
      return { kind: 'name', person, name: prng.below(2) === 0 ? 'Ana' : 'Eva' };
    case 9:
      return prng.below(2) === 0
        ? { kind: 'notFace', faces: [idOf(a)] }
        : { kind: 'apart', a: person, b: other };
    default:
      return { kind: 'collage', photoHash: photoHash(a), collage: prng.below(2) === 0 };
  }
}
