import { checkpoint, type TrainControl } from '../ann/index.ts';
import { DLIB_CALIBRATION, probabilitySame } from './calibration.ts';
import type { Constraints } from './constraints.ts';
import { sample } from './evidence.ts';
import { compareIds, photoHashOf } from './faceId.ts';
import { distance, type FaceVectors } from './faceVectors.ts';
import type { People, Person } from './people.ts';
import type { Known } from './rank.ts';

/** "Same or different?": two groups of faces that may be one person. */
export interface Question {
  readonly a: Person;
  readonly b: Person;
  /** A row of each, the two nearest found: the pair to show. */
  readonly rows: readonly [number, number];
  /** That they are one person. */
  readonly probability: number;
}

/** Faces of each group that are asked for neighbours, how many, and how far. */
const ASKED = 6;
const NEIGHBOURS = 32;
const REACH = 0.65;
/** Faces of each of two groups that are compared all with all. */
const COMPARED = 12;
const GROUPS_BETWEEN = 8;

/**
 * The pairs of people and groups about which the user's word would settle most, most first: what an
 * answer is worth is how uncertain it is (its entropy) times how many faces it would move. Pairs that
 * the user has answered, in any of their faces, don't come again; nor do those that a photo shows
 * side by side.
 *
 * @throws `aborted`
 */
export async function questions(
  known: Known,
  limit: number,
  control?: TrainControl,
): Promise<Question[]> {
  const { people, constraints, vectors, calibration = DLIB_CALIBRATION } = known;
  const found: (Question & { readonly worth: number })[] = [];
  for (const [a, b] of await nearPairs(people, vectors, control)) {
    if (isSettled(a, b, constraints)) continue;
    const { mean, rows } = compare(a, b, vectors);
    if (!rows) continue;
    const probability = probabilitySame(mean, calibration);
    const worth = entropy(probability) * Math.min(a.faces.length, b.faces.length);
    found.push({ a, b, rows, probability, worth });
  }
  found.sort(
    (x, y) => y.worth - x.worth || compareIds(x.a.key, y.a.key) || compareIds(x.b.key, y.b.key),
  );
  return found.slice(0, limit).map(({ worth: _, ...question }) => question);
}

/** Pairs of which some faces are near each other, each once. */
async function nearPairs(
  people: People,
  vectors: FaceVectors,
  control: TrainControl | undefined,
): Promise<[Person, Person][]> {
  const all = [...people.people, ...people.groups].filter(({ hidden }) => !hidden);
  const placeOf = new Map(all.map((person, place) => [person, place]));
  const pairs: [Person, Person][] = [];
  const seen = new Set<number>();
  for (const [place, person] of all.entries()) {
    if (place % GROUPS_BETWEEN === 0) await checkpoint(control, 'questions', place / all.length);
    for (const { row } of sample(person.faces, ASKED)) {
      const vector = vectors.vectorOf(row);
      if (!vector) continue;
      for (const near of vectors.neighbours(vector, REACH, NEIGHBOURS, row).rows) {
        const other = people.ofRow.get(near);
        const otherPlace = other && placeOf.get(other);
        if (other === undefined || otherPlace === undefined || otherPlace === place) continue;
        const [low, high] = [Math.min(place, otherPlace), Math.max(place, otherPlace)];
        const key = low * all.length + high;
        if (seen.has(key)) continue;
        seen.add(key);
        pairs.push([all[low]!, all[high]!]);
      }
    }
  }
  return pairs;
}

/** Whether the user or a photo says already that two groups are two people. */
function isSettled(a: Person, b: Person, constraints: Constraints): boolean {
  const bonds = bondsOf(b, constraints);
  for (const bond of bondsOf(a, constraints)) {
    for (const foe of constraints.foesOf(bond)) if (bonds.has(foe)) return true;
  }
  const photos = new Set(b.faces.map(({ id }) => photoHashOf(id)));
  return a.faces.some(({ id }) => {
    const hash = photoHashOf(id);
    return photos.has(hash) && !constraints.collages.has(hash);
  });
}

function bondsOf({ id, faces }: Person, constraints: Constraints): Set<number> {
  const bonds = new Set<number>();
  const own = id === undefined ? undefined : constraints.bondOfPerson(id);
  if (own !== undefined) bonds.add(own);
  for (const face of faces) {
    const bond = constraints.bondOf(face.id);
    if (bond !== undefined) bonds.add(bond);
  }
  return bonds;
}

function compare(
  a: Person,
  b: Person,
  vectors: FaceVectors,
): { mean: number; rows: [number, number] | undefined } {
  const vectorsOf = ({ faces }: Person) =>
    sample(faces, COMPARED).flatMap(({ row }) => {
      const vector = vectors.vectorOf(row);
      return vector ? [{ row, vector }] : [];
    });
  const others = vectorsOf(b);
  let sum = 0;
  let pairs = 0;
  let nearest = Number.POSITIVE_INFINITY;
  let rows: [number, number] | undefined;
  for (const one of vectorsOf(a)) {
    for (const other of others) {
      const l2 = distance(one.vector, other.vector);
      sum += l2;
      pairs++;
      if (l2 < nearest) {
        nearest = l2;
        rows = [one.row, other.row];
      }
    }
  }
  return { mean: sum / Math.max(1, pairs), rows };
}

/** Of a yes or no, in bits. */
function entropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -(p * Math.log2(p) + (1 - p) * Math.log2(1 - p));
}
