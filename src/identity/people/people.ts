import type { Face, PersonId } from '../faces/face.ts';

/** Somebody, named or not, and the faces held for theirs. */
export interface Person {
  /** The person's id; for a group of which nothing was said, its least face's id. */
  readonly key: string;
  /** Absent for a group that nobody has spoken of as a person. */
  readonly id: PersonId | undefined;
  /** Empty where there is none. */
  readonly name: string;
  readonly hidden: boolean;
  /** In the order of their keys. */
  readonly faces: readonly Face[];
  /** Rows of those that the user has said to be this person. */
  readonly confirmed: ReadonlySet<number>;
  /**
   * Faces that lie with these and are not counted among them, as the person is in their photo
   * already: to be asked about.
   */
  readonly conflicting: readonly Face[];
  /** The face chosen, else the first good one. Absent where there is no face. */
  readonly cover: Face | undefined;
}

/** Everybody in a library. Each face is in at most one place. */
export interface People {
  /** Those the user has spoken of, by id; also one of whom there is no face (now). */
  readonly people: readonly Person[];
  /** The other groups, largest first. */
  readonly groups: readonly Person[];
  /** Faces of nobody, those that are no faces left out. */
  readonly unassigned: readonly Face[];
  /** The person or group of each face that is in one. */
  readonly byFaceKey: ReadonlyMap<number, Person>;
}

/** A group is shown from this many faces on, unless the user has tied some of them. */
export const MIN_GROUP = 3;
