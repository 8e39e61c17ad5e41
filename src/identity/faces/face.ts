import type { FaceId } from './faceId.ts';

/**
 * The data of a face needed to assign it.
 *
 * A face has two identifiers. `id` is permanent, and assertions refer to it. `faceKey` is local to
 * this library: the caller's number, under which the index and the store also have its vector,
 * because a second numbering would need a mapping that can go wrong.
 */
export interface Face {
  readonly id: FaceId;
  /** 1 to 2³² − 1, unique per face. */
  readonly faceKey: number;
  /** The photo's id in the library, 0 to 2³² − 1. */
  readonly photo: number;
  /**
   * `good`: large, sharp and certain enough to seed a cluster. `unsure`: only ever suggested,
   * unless the user labels it.
   */
  readonly quality: 'good' | 'unsure';
}

/** A person's permanent id, chosen by the caller: 1 to 64 letters, digits, `-` and `_`. */
export type PersonId = string;

const PERSON_ID = /^[A-Za-z0-9_-]{1,64}$/;

export function isPersonId(value: unknown): value is PersonId {
  return typeof value === 'string' && PERSON_ID.test(value);
}
