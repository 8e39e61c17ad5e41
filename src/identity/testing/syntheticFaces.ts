import type { Prng } from '../../base/prng.ts';
import { shuffle } from '../../base/shuffle.ts';

/** Parameters of `syntheticFaces`. */
export interface SyntheticFacesSource {
  readonly faces: number;
  readonly people: number;
}

/** Faces with known people. */
export interface SyntheticFaces {
  readonly d: number;
  /** `n × d`, row-major. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** The person of each face, from 0. */
  readonly person: Uint32Array<ArrayBuffer>;
  /** The photo of each face, from 1: no person is in one twice. */
  readonly photo: Uint32Array<ArrayBuffer>;
  /** Whether the face is good enough to seed a cluster. */
  readonly good: readonly boolean[];
}

const D = 128;
/** Intrinsic dimensions of faces, which determine the spread of the distances. */
const FACE_D = 26;
const PERSON_D = 44;
/** Mean distance between two faces of one person, and of two people. */
const GENUINE = 0.42;
const IMPOSTOR = 0.85;
/** Distance of two people who look like siblings: one person in ten belongs to such a pair. */
const SIBLINGS = 0.62;
/** Share of blurred, turned or small faces; a tenth of them still pass as good. */
const BAD_SHARE = 0.12;
const BAD_NOISE = 1.9;
const PASSES_SHARE = 0.1;
const MOST_IN_PHOTO = 4;

/**
 * Synthetic faces with the distance distribution of dlib's 128-dimensional model: within one
 * person's good faces about N(0.42, 0.06), across people about N(0.85, 0.08), norms about 1.45. A
 * tenth of the people have a sibling at 0.62, a share of the faces is bad, people have very
 * different numbers of faces, and a photo holds one to four.
 */
export function syntheticFaces(
  { faces, people }: SyntheticFacesSource,
  prng: Prng,
): SyntheticFaces {
  const faceDeviation = GENUINE / Math.sqrt(2 * FACE_D);
  const personDeviation = Math.sqrt((IMPOSTOR ** 2 - GENUINE ** 2) / (2 * PERSON_D));
  const middle = scaled(gaussian(prng, 1), 1.3);
  const faceMap = map(prng, FACE_D);
  const personMap = map(prng, PERSON_D);
  const centres: Float64Array[] = [];
  while (centres.length < people) {
    const sibling = centres.length > 0 && centres.length % 20 === 19;
    if (sibling) {
      // Far enough from the previous one for the mean distance of siblings.
      const deviation = Math.sqrt((SIBLINGS ** 2 - GENUINE ** 2) / PERSON_D);
      centres.push(sum(centres.at(-1)!, through(personMap, PERSON_D, deviation, prng)));
    } else {
      centres.push(sum(middle, through(personMap, PERSON_D, personDeviation, prng)));
    }
  }

  const person = drawPeople(faces, people, prng);
  const photo = new Uint32Array(faces);
  const good: boolean[] = [];
  const vectors = new Float32Array(faces * D);
  let photos = 0;
  let room = 0;
  const inPhoto = new Set<number>();
  for (let i = 0; i < faces; i++) {
    if (room === 0 || inPhoto.has(person[i]!)) {
      photos++;
      room = 1 + prng.below(MOST_IN_PHOTO);
      inPhoto.clear();
    }
    room--;
    inPhoto.add(person[i]!);
    photo[i] = photos;
    const bad = prng.float() < BAD_SHARE;
    good.push(!bad || prng.float() < PASSES_SHARE);
    const deviation = faceDeviation * (bad ? BAD_NOISE : 1);
    vectors.set(sum(centres[person[i]!]!, through(faceMap, FACE_D, deviation, prng)), i * D);
  }
  return { d: D, vectors, person, photo, good };
}

/** The person of each face: three faces for everyone, the rest by a power law, shuffled. */
function drawPeople(faces: number, people: number, prng: Prng): Uint32Array<ArrayBuffer> {
  const person = new Uint32Array(faces);
  for (let i = 0; i < faces; i++) {
    const skewed = Math.floor(people * prng.float() ** 1.6);
    person[i] = i < 3 * people ? i % people : skewed;
  }
  shuffle(person, prng);
  return person;
}

/** `count` random unit vectors, nearly orthogonal. */
function map(prng: Prng, count: number): Float64Array[] {
  return Array.from({ length: count }, () => scaled(gaussian(prng, 1), 1));
}

function through(
  directions: readonly Float64Array[],
  count: number,
  deviation: number,
  prng: Prng,
): Float64Array {
  const out = new Float64Array(D);
  for (let i = 0; i < count; i++) {
    const amount = deviation * prng.normal();
    const direction = directions[i]!;
    for (let j = 0; j < D; j++) out[j]! += amount * direction[j]!;
  }
  return out;
}

function gaussian(prng: Prng, deviation: number): Float64Array {
  return Float64Array.from({ length: D }, () => deviation * prng.normal());
}

function scaled(vector: Float64Array, length: number): Float64Array {
  const norm = Math.sqrt(vector.reduce((total, x) => total + x * x, 0));
  return vector.map((x) => (x * length) / norm);
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((x, i) => x + b[i]!);
}
