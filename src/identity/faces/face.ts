import type { FaceId } from './faceId.ts';

/**
 * What is to be known of a face to tell whose it is.
 *
 * A face has two names. `id` is for good, and all that the user says is kept under it. `faceKey` is a
 * number of this library only: the caller's, the same under which the engine's index and the store
 * have the face's vector, because a second numbering would need a table that can go wrong.
 */
export interface Face {
  readonly id: FaceId;
  /** 1 to 2³² − 1, one of its own for every face. */
  readonly faceKey: number;
  /** The photo's number in the library, 0 to 2³² − 1. */
  readonly photo: number;
  /**
   * `good`: large, sharp and sure enough to found a cluster. `unsure`: only ever suggested, unless
   * the user says whose it is.
   */
  readonly quality: 'good' | 'unsure';
}

/** A person's name for good, the caller's choice: 1 to 64 letters, digits, `-` and `_`. */
export type PersonId = string;

const PERSON_ID = /^[A-Za-z0-9_-]{1,64}$/;

export function isPersonId(value: unknown): value is PersonId {
  return typeof value === 'string' && PERSON_ID.test(value);
}
