import type { PersonId } from '../faces/face.ts';
import { isPersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import { isFaceId } from '../faces/faceId.ts';

/**
 * One thing the user says. It names faces and people by ids that last, never a cluster, so that it
 * means the same after any new clustering, and no word needs another one to be understood.
 */
export type Word =
  /** This group is the person: all its faces, and what is found to lie with them later. */
  | { readonly kind: 'group'; readonly person: PersonId; readonly faces: readonly FaceId[] }
  /** These faces are the person, and nothing follows them. */
  | { readonly kind: 'is'; readonly person: PersonId; readonly faces: readonly FaceId[] }
  /** These faces are not the person. */
  | { readonly kind: 'isNot'; readonly person: PersonId; readonly faces: readonly FaceId[] }
  | { readonly kind: 'same'; readonly a: FaceId; readonly b: FaceId }
  | { readonly kind: 'different'; readonly a: FaceId; readonly b: FaceId }
  /** Both people are one, which goes by the id `into`. */
  | { readonly kind: 'merge'; readonly into: PersonId; readonly from: PersonId }
  /** The two are not one person: not to be asked about again. */
  | { readonly kind: 'apart'; readonly a: PersonId; readonly b: PersonId }
  /** No faces at all: a statue, a print on a shirt, a knot in wood. */
  | { readonly kind: 'notFace'; readonly faces: readonly FaceId[] }
  /** An empty name takes the name away. */
  | { readonly kind: 'name'; readonly person: PersonId; readonly name: string }
  | { readonly kind: 'hide'; readonly person: PersonId; readonly hidden: boolean }
  | { readonly kind: 'cover'; readonly person: PersonId; readonly face: FaceId }
  /** A photo (by hash) that may show one person several times: a collage, a mirror. */
  | { readonly kind: 'collage'; readonly photoHash: string; readonly collage: boolean };

/** The longest name, in UTF-16 units. */
export const MAX_NAME = 200;
/** The most faces of one word. */
export const MAX_FACES = 100_000;

/** Half a character: not text, and lost or changed by what encodes it. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const PHOTO_HASH = /^[0-9a-f]{64}$/;

/** A copy of a value with only the parts of a word, or `undefined` where it is none. */
export function readWord(value: unknown): Word | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, person, faces, a, b, into, from, name, hidden, face, photoHash, collage } =
    value as Record<string, unknown>;
  switch (kind) {
    case 'group':
    case 'is':
    case 'isNot':
      return isPersonId(person) && areFaces(faces)
        ? { kind, person, faces: [...faces] }
        : undefined;
    case 'notFace':
      return areFaces(faces) ? { kind, faces: [...faces] } : undefined;
    case 'same':
    case 'different':
      return isFaceId(a) && isFaceId(b) && a !== b ? { kind, a, b } : undefined;
    case 'merge':
      return isPersonId(into) && isPersonId(from) && into !== from
        ? { kind, into, from }
        : undefined;
    case 'apart':
      return isPersonId(a) && isPersonId(b) && a !== b ? { kind, a, b } : undefined;
    case 'name':
      return isPersonId(person) && isName(name) ? { kind, person, name } : undefined;
    case 'hide':
      return isPersonId(person) && typeof hidden === 'boolean'
        ? { kind, person, hidden }
        : undefined;
    case 'cover':
      return isPersonId(person) && isFaceId(face) ? { kind, person, face } : undefined;
    case 'collage':
      return typeof photoHash === 'string' &&
        PHOTO_HASH.test(photoHash) &&
        typeof collage === 'boolean'
        ? { kind, photoHash, collage }
        : undefined;
    default:
      return undefined;
  }
}

/** How much a word weighs: itself and the faces that it names. */
export function weightOf(word: Word): number {
  return 1 + ('faces' in word ? word.faces.length : 'a' in word ? 2 : 1);
}

/** Every face a word names, with what `map` makes of it. */
export function mapFaces(word: Word, map: (id: FaceId) => FaceId): Word {
  switch (word.kind) {
    case 'group':
    case 'is':
    case 'isNot':
    case 'notFace':
      return { ...word, faces: word.faces.map(map) };
    case 'same':
    case 'different':
      return { ...word, a: map(word.a), b: map(word.b) };
    case 'cover':
      return { ...word, face: map(word.face) };
    default:
      return word;
  }
}

function areFaces(value: unknown): value is FaceId[] {
  return (
    Array.isArray(value) && value.length > 0 && value.length <= MAX_FACES && value.every(isFaceId)
  );
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_NAME && !LONE_SURROGATE.test(value);
}
