import type { PersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import type { Bonds } from './bonds.ts';

/** What the user has said of a person, mergers considered. */
export interface PersonFacts {
  readonly id: PersonId;
  /** Empty where there is none. */
  readonly name: string;
  readonly hidden: boolean;
  /** The faces chosen as cover, the latest choice first: the first that is there counts. */
  readonly covers: readonly FaceId[];
  /** Other ids that have become this person. */
  readonly merged: readonly PersonId[];
}

/** A word that newer ones contradict, and that therefore does not hold. */
export interface SetAside {
  /** The id of its step. */
  readonly step: number;
  /** Its place in the step, from 0. */
  readonly word: number;
}

/** What is known of one face by word. */
export interface FaceWord {
  readonly bond: number;
  /** The person it was said to be, before mergers; absent where only pairs were named. */
  readonly base: PersonId | undefined;
  /** Whether what lies with it follows it. */
  readonly leads: boolean;
}

/**
 * The user's word as one consistent whole, made by `resolve`. Faces that must be together share a
 * *bond*, and a person's id is in the bond of that person's faces.
 */
export class Constraints {
  /** People by id; one that was merged into another is not among them. */
  readonly people: ReadonlyMap<PersonId, PersonFacts>;
  /** Faces of which something holds, those that are none excepted. */
  readonly faces: ReadonlyMap<FaceId, FaceWord>;
  readonly notFaces: ReadonlySet<FaceId>;
  /** Hashes of photos that may show one person several times. */
  readonly collages: ReadonlySet<string>;
  readonly setAside: readonly SetAside[];
  readonly #bonds: Bonds;
  readonly #personBonds: ReadonlyMap<PersonId, number>;
  readonly #personOfBond: ReadonlyMap<number, PersonId>;

  constructor(parts: {
    readonly people: ReadonlyMap<PersonId, PersonFacts>;
    readonly faces: ReadonlyMap<FaceId, FaceWord>;
    readonly notFaces: ReadonlySet<FaceId>;
    readonly collages: ReadonlySet<string>;
    readonly setAside: readonly SetAside[];
    readonly bonds: Bonds;
    readonly personBonds: ReadonlyMap<PersonId, number>;
    readonly personOfBond: ReadonlyMap<number, PersonId>;
  }) {
    this.people = parts.people;
    this.faces = parts.faces;
    this.notFaces = parts.notFaces;
    this.collages = parts.collages;
    this.setAside = parts.setAside;
    this.#bonds = parts.bonds;
    this.#personBonds = parts.personBonds;
    this.#personOfBond = parts.personOfBond;
  }

  /** The bond of a face or `undefined` where nothing was said of it. */
  bondOf(face: FaceId): number | undefined {
    return this.faces.get(face)?.bond;
  }

  /** The bond of a person, by this id or one that was merged into another. */
  bondOfPerson(person: PersonId): number | undefined {
    return this.#personBonds.get(person);
  }

  /** The person of a bond, if any. */
  personOfBond(bond: number): PersonId | undefined {
    return this.#personOfBond.get(bond);
  }

  /** Who the user says a face is. */
  personOf(face: FaceId): PersonId | undefined {
    const bond = this.bondOf(face);
    return bond === undefined ? undefined : this.#personOfBond.get(bond);
  }

  /** The id that a person goes by now. */
  currentId(person: PersonId): PersonId | undefined {
    const bond = this.#personBonds.get(person);
    return bond === undefined ? undefined : this.#personOfBond.get(bond);
  }

  /** The bonds that must not be with a bond. */
  foesOf(bond: number): ReadonlySet<number> {
    return this.#bonds.foesOf(bond);
  }

  /** Whether the user keeps a face apart from a person. */
  rejects(face: FaceId, person: PersonId): boolean {
    const a = this.bondOf(face);
    const b = this.bondOfPerson(person);
    return a !== undefined && b !== undefined && this.areApart(a, b);
  }

  /** Whether the user keeps two faces apart: by a pair, or as different people. */
  forbids(a: FaceId, b: FaceId): boolean {
    const bondA = this.bondOf(a);
    const bondB = this.bondOf(b);
    return bondA !== undefined && bondB !== undefined && this.areApart(bondA, bondB);
  }

  /** Whether two bonds must not be together: by word, or as they are different people. */
  areApart(a: number, b: number): boolean {
    if (a === b) return false;
    if (this.#bonds.foesOf(a).has(b)) return true;
    return this.#personOfBond.has(a) && this.#personOfBond.has(b);
  }
}
