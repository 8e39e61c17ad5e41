import type { Prng } from '../../base/prng.ts';
import { shuffle } from '../../base/shuffle.ts';

/** What `syntheticFaces` draws. */
export interface SyntheticFacesSource {
  readonly faces: number;
  readonly people: number;
}

/** Faces whose people are known. */
export interface SyntheticFaces {
  readonly d: number;
  /** `n × d`, row-major. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** The person of each face, from 0. */
  readonly person: Uint32Array<ArrayBuffer>;
  /** The photo of each face, from 1: nobody is in one twice. */
  readonly photo: Uint32Array<ArrayBuffer>;
  /** Whether the face is good enough to seed a cluster. */
  readonly good: readonly boolean[];
}

const D = 128;
/** Dimensions in which faces truly vary; it is what the spread of the distances follows from. */
const FACE_D = 26;
const PERSON_D = 44;
/** Means of the distance between two faces of one person, and of two people. */
const GENUINE = 0.42;
const IMPOSTOR = 0.85;
/** Two people as alike as siblings: one person in ten is one of such a pair. */
const SIBLINGS = 0.62;
/** Faces blurred, turned or small; a tenth of them pass for good all the same. */
const BAD_SHARE = 0.12;
const BAD_NOISE = 1.9;
const PASSES_SHARE = 0.1;
const MOST_IN_PHOTO = 4;

/**
 * Faces that lie to each other as those of dlib's 128-dimensional net do: distances of one person's
 * good faces about N(0.42, 0.06), of two people's about N(0.85, 0.08), vectors about 1.45 long. A
 * tenth of the people have a sibling at 0.62, a share of the faces is bad, people are of very
 * different numbers of faces, and a photo holds one to four of them.
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
      // As far from the last one as makes the mean distance of their faces that of siblings.
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

/** Who each face is: three of everybody, the rest by a falling law, in an order of chance. */
function drawPeople(faces: number, people: number, prng: Prng): Uint32Array<ArrayBuffer> {
  const person = new Uint32Array(faces);
  for (let i = 0; i < faces; i++) {
    const skewed = Math.floor(people * prng.float() ** 1.6);
    person[i] = i < 3 * people ? i % people : skewed;
  }
  shuffle(person, prng);
  return person;
}

/** `count` random directions of unit length, nearly orthogonal. */
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
