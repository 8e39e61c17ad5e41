import type { PersonId } from '../faces/face.ts';
import { isPersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import { isFaceId } from '../faces/faceId.ts';

/**
 * One thing the user says. It names faces and people by ids that last, never a cluster, so that it
 * means the same after any new clustering, and no assertion needs another one to be understood.
 */
export type Assertion =
  /** This group is the person: all its faces, and what is found to lie with them later. */
  | { readonly kind: 'labelCluster'; readonly person: PersonId; readonly faces: readonly FaceId[] }
  /** These faces are the person, and nothing follows them. */
  | { readonly kind: 'labelFace'; readonly person: PersonId; readonly faces: readonly FaceId[] }
  /** These faces are not the person. */
  | { readonly kind: 'exclude'; readonly person: PersonId; readonly faces: readonly FaceId[] }
  | { readonly kind: 'mustLink'; readonly a: FaceId; readonly b: FaceId }
  | { readonly kind: 'cannotLink'; readonly a: FaceId; readonly b: FaceId }
  /** Both people are one, which goes by the id `into`. */
  | { readonly kind: 'merge'; readonly into: PersonId; readonly from: PersonId }
  /** The two are not one person: not to be asked about again. */
  | { readonly kind: 'distinct'; readonly a: PersonId; readonly b: PersonId }
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
/** The most faces of one assertion. */
export const MAX_FACES = 100_000;

/** Half a character: not text, and lost or changed by what encodes it. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const PHOTO_HASH = /^[0-9a-f]{64}$/;

/** A copy of a value with only the parts of an assertion, or `undefined` where it is none. */
export function readAssertion(value: unknown): Assertion | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, person, faces, a, b, into, from, name, hidden, face, photoHash, collage } =
    value as Record<string, unknown>;
  switch (kind) {
    case 'labelCluster':
    case 'labelFace':
    case 'exclude':
      return isPersonId(person) && areFaces(faces)
        ? { kind, person, faces: [...faces] }
        : undefined;
    case 'notFace':
      return areFaces(faces) ? { kind, faces: [...faces] } : undefined;
    case 'mustLink':
    case 'cannotLink':
      return isFaceId(a) && isFaceId(b) && a !== b ? { kind, a, b } : undefined;
    case 'merge':
      return isPersonId(into) && isPersonId(from) && into !== from
        ? { kind, into, from }
        : undefined;
    case 'distinct':
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

/** How much an assertion weighs: itself and the faces that it names. */
export function weightOf(assertion: Assertion): number {
  return 1 + ('faces' in assertion ? assertion.faces.length : 'a' in assertion ? 2 : 1);
}

/** Every face an assertion names, with what `map` makes of it. */
export function mapFaces(assertion: Assertion, map: (id: FaceId) => FaceId): Assertion {
  switch (assertion.kind) {
    case 'labelCluster':
    case 'labelFace':
    case 'exclude':
    case 'notFace':
      return { ...assertion, faces: assertion.faces.map(map) };
    case 'mustLink':
    case 'cannotLink':
      return { ...assertion, a: map(assertion.a), b: map(assertion.b) };
    case 'cover':
      return { ...assertion, face: map(assertion.face) };
    default:
      return assertion;
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
