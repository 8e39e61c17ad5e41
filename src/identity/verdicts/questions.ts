import type { TrainControl } from '../../ann/index.ts';
import type { Constraints } from '../constraints/constraints.ts';
import { compareIds, photoHashOf } from '../faces/faceId.ts';
import { distance, type FaceVectors } from '../faces/faceVectors.ts';
import type { Person } from '../people/people.ts';
import { Averages, sampleVectors } from './averages.ts';
import { DLIB_CALIBRATION, probabilitySame } from './calibration.ts';
import { closeness } from './evidence.ts';
import { ALMOST_SURELY, type LibraryPeople } from './rank.ts';

/** "Is this Ana?" or "Same person?": two groups of faces that may be one person. */
export interface Question {
  /** Whom `b` may be: the one with a name if only one has a name, else the one with more faces. */
  readonly a: Person;
  /** The one in question. */
  readonly b: Person;
  /** The keys of the nearest two faces: the pair to show. */
  readonly faceKeys: readonly [number, number];
  /** That the face shown of `b` is `a`'s, as in `suggestionsFor`. */
  readonly probability: number;
}

/** Don't ask below this probability: few would be a yes, and asking about them is a nuisance. */
const LEAST = 0.2;
/**
 * Don't ask if all their faces together are less likely than this to be one person's, however near
 * the nearest two are: a yes, which is about all of them, would most likely be a mistake.
 */
const UNLIKELY = 0.05;
/** People further apart are different, at a probability of 0.2 %: never asked. */
const FAR = 0.75;
/** Don't ask unless two of their faces are at least this near. */
const REACH = 0.65;
/** Candidate pairs compared face by face, as a multiple of the limit. */
const SPARE = 4;

/**
 * The most useful questions about pairs of people and groups, best first: the value of an answer is
 * the number of faces that it is expected to name, the probability of a yes times the faces that
 * would move. Excludes pairs that the user has answered for any of their faces, those seen together
 * in a photo, and groups that are almost surely somebody: those are suggestions of that person.
 *
 * All pairs are ranked by the distance of their mean vectors, the best ones then face by face.
 *
 * @throws `aborted`
 */
export async function questions(
  known: LibraryPeople,
  limit: number,
  control?: TrainControl,
): Promise<Question[]> {
  const { people, constraints, vectors, calibration = DLIB_CALIBRATION } = known;
  const all = [...people.people, ...people.groups].filter(
    ({ faces, hidden }) => !hidden && faces.length > 0,
  );
  const worth = (a: Person, b: Person, probability: number) =>
    probability * Math.min(a.faces.length, b.faces.length);
  const averages = await Averages.of(all, vectors, control);
  const pairs = (await averages.near(FAR, control)).map((pair) => {
    const [a, b] = inOrder(all[pair.a]!, all[pair.b]!);
    return { a, b, worth: worth(a, b, probabilitySame(pair.l2, calibration)) };
  });
  const settled = new Settled(constraints);
  const found: (Question & { readonly worth: number })[] = [];
  for (const { a, b } of pairs.sort(byWorth)) {
    if (found.length >= SPARE * limit) break;
    if (settled.has(a, b)) continue;
    const { mean, faceKeys } = compare(a, b, vectors);
    if (!faceKeys || probabilitySame(mean, calibration) < UNLIKELY) continue;
    const near = closeness(vectors.vectorOf(faceKeys[1])!, a.faces, vectors)!;
    const probability = probabilitySame(near.l2, calibration);
    if (probability < LEAST) continue;
    const isSuggested = a.id === undefined || b.id === undefined;
    if (probability >= ALMOST_SURELY && isSuggested) continue;
    found.push({ a, b, faceKeys, probability, worth: worth(a, b, probability) });
  }
  return found
    .sort(byWorth)
    .slice(0, limit)
    .map(({ worth: _, ...question }) => question);
}

/** Whom somebody may be, and who is in question. */
function inOrder(one: Person, other: Person): readonly [a: Person, b: Person] {
  const order =
    Number(other.name !== '') - Number(one.name !== '') ||
    other.faces.length - one.faces.length ||
    compareIds(one.key, other.key);
  return order <= 0 ? [one, other] : [other, one];
}

interface Weighed {
  readonly a: Person;
  readonly b: Person;
  readonly worth: number;
}

/** Highest value first; the order of people doesn't matter. */
function byWorth(x: Weighed, y: Weighed): number {
  return y.worth - x.worth || compareIds(x.a.key, y.a.key) || compareIds(x.b.key, y.b.key);
}

/** Whether assertions or a photo already tell two groups apart. */
class Settled {
  readonly #constraints: Constraints;
  /** Of the people checked so far. */
  readonly #components = new Map<Person, ReadonlySet<number>>();
  readonly #photos = new Map<Person, ReadonlySet<string>>();

  constructor(constraints: Constraints) {
    this.#constraints = constraints;
  }

  has(a: Person, b: Person): boolean {
    const components = this.#componentsOf(b);
    for (const component of this.#componentsOf(a)) {
      for (const other of this.#constraints.cannotLinksOf(component))
        if (components.has(other)) return true;
    }
    const photos = this.#photosOf(b);
    for (const photo of this.#photosOf(a)) if (photos.has(photo)) return true;
    return false;
  }

  #componentsOf(person: Person): ReadonlySet<number> {
    return remembered(this.#components, person, () => {
      const { id, faces } = person;
      const own = id === undefined ? undefined : this.#constraints.componentOfPerson(id);
      const all = [own, ...faces.map((face) => this.#constraints.componentOf(face.id))];
      return new Set(all.filter((component) => component !== undefined));
    });
  }

  /** By hash, without collages, which may show one person several times. */
  #photosOf(person: Person): ReadonlySet<string> {
    return remembered(this.#photos, person, () => {
      const all = person.faces.map(({ id }) => photoHashOf(id));
      return new Set(all.filter((hash) => !this.#constraints.collages.has(hash)));
    });
  }
}

function remembered<K, V>(known: Map<K, V>, key: K, find: () => V): V {
  const found = known.get(key) ?? find();
  known.set(key, found);
  return found;
}

/**
 * All pairs of two samples: their mean distance, and the nearest two unless they are too far apart.
 */
function compare(
  a: Person,
  b: Person,
  vectors: FaceVectors,
): { mean: number; faceKeys: [number, number] | undefined } {
  const others = sampleVectors(b, vectors);
  let sum = 0;
  let pairs = 0;
  let nearest = REACH;
  let faceKeys: [number, number] | undefined;
  for (const one of sampleVectors(a, vectors)) {
    for (const other of others) {
      const l2 = distance(one.vector, other.vector);
      sum += l2;
      pairs++;
      if (l2 < nearest) {
        nearest = l2;
        faceKeys = [one.faceKey, other.faceKey];
      }
    }
  }
  return { mean: sum / Math.max(1, pairs), faceKeys };
}
