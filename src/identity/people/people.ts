import type { Face, PersonId } from '../faces/face.ts';

/** A person or unnamed group with their faces. */
export interface Person {
  /** The person's id; for a group without assertions, its smallest face id. */
  readonly key: string;
  /** Absent for a group that the user hasn't made a person. */
  readonly id: PersonId | undefined;
  /** Empty if unnamed. */
  readonly name: string;
  readonly hidden: boolean;
  /** Ordered by key. */
  readonly faces: readonly Face[];
  /** Keys of the faces confirmed by the user. */
  readonly confirmed: ReadonlySet<number>;
  /**
   * Faces clustered with these but not counted, because the person is already in their photo:
   * candidates for questions.
   */
  readonly conflicting: readonly Face[];
  /** The chosen cover, else the first good face. Absent without faces. */
  readonly cover: Face | undefined;
}

/** The people of a library. Each face is in at most one place. */
export interface People {
  /** People known to the user, by id, including those without a face (now). */
  readonly people: readonly Person[];
  /** The other groups, largest first. */
  readonly groups: readonly Person[];
  /** Faces without a person, except those marked as not faces. */
  readonly unassigned: readonly Face[];
  /** The person or group of each assigned face. */
  readonly byFaceKey: ReadonlyMap<number, Person>;
}

/** Minimum size of a group, unless the user linked some of its faces. */
export const MIN_GROUP = 3;
