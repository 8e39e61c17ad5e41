import type { PersonId } from '../faces/face.ts';
import { isPersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import { isFaceId } from '../faces/faceId.ts';

/**
 * A single user assertion. It refers to faces and people by permanent ids, never to a cluster, so
 * it keeps its meaning after reclustering, and no assertion depends on another.
 */
export type Assertion =
  /** This cluster is the person: all its faces, and faces later found to belong to it. */
  | { readonly kind: 'labelCluster'; readonly person: PersonId; readonly faces: readonly FaceId[] }
  /** These faces are the person; the label does not spread. */
  | { readonly kind: 'labelFace'; readonly person: PersonId; readonly faces: readonly FaceId[] }
  /** These faces are not the person. */
  | { readonly kind: 'exclude'; readonly person: PersonId; readonly faces: readonly FaceId[] }
  | { readonly kind: 'mustLink'; readonly a: FaceId; readonly b: FaceId }
  | { readonly kind: 'cannotLink'; readonly a: FaceId; readonly b: FaceId }
  /** Two people are one, with the id `into`. */
  | { readonly kind: 'merge'; readonly into: PersonId; readonly from: PersonId }
  /** The two are different people: don't ask again. */
  | { readonly kind: 'distinct'; readonly a: PersonId; readonly b: PersonId }
  /** Not faces: a statue, a print on a shirt, a knot in wood. */
  | { readonly kind: 'notFace'; readonly faces: readonly FaceId[] }
  /** An empty name removes the name. */
  | { readonly kind: 'name'; readonly person: PersonId; readonly name: string }
  | { readonly kind: 'hide'; readonly person: PersonId; readonly hidden: boolean }
  | { readonly kind: 'cover'; readonly person: PersonId; readonly face: FaceId }
  /** A photo (by hash) that may show one person several times: a collage, a mirror. */
  | { readonly kind: 'collage'; readonly photoHash: string; readonly collage: boolean };

/** Maximum length of a name, in UTF-16 units. */
export const MAX_NAME = 200;
/** Maximum number of faces of an assertion. */
export const MAX_FACES = 100_000;

/** Half a surrogate pair: not valid text, and lost or changed by encoders. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const PHOTO_HASH = /^[0-9a-f]{64}$/;

/** Copies the known fields of an assertion; `undefined` if the value is not one. */
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

/** Size of an assertion: itself plus the faces it refers to. */
export function weightOf(assertion: Assertion): number {
  return 1 + ('faces' in assertion ? assertion.faces.length : 'a' in assertion ? 2 : 1);
}

/** The faces that an assertion refers to. */
export function facesOfAssertion(assertion: Assertion): readonly FaceId[] {
  if ('faces' in assertion) return assertion.faces;
  if (assertion.kind === 'cover') return [assertion.face];
  const isPair = assertion.kind === 'mustLink' || assertion.kind === 'cannotLink';
  return isPair ? [assertion.a, assertion.b] : [];
}

/** Applies `map` to every face of an assertion. */
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
