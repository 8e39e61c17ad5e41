import type { PersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import type { ConstraintGraph } from './constraintGraph.ts';

/** What is asserted about a person, merges applied. */
export interface PersonFacts {
  readonly id: PersonId;
  /** Empty if unnamed. */
  readonly name: string;
  readonly hidden: boolean;
  /** Faces chosen as cover, latest choice first: the first that exists is used. */
  readonly covers: readonly FaceId[];
  /** Ids merged into this person. */
  readonly merged: readonly PersonId[];
}

/** An assertion overridden by newer ones. */
export interface Overridden {
  /** The id of its entry. */
  readonly entry: number;
  /** Its index in the entry, from 0. */
  readonly assertion: number;
}

/** What is asserted about one face. */
export interface FaceConstraint {
  readonly component: number;
  /** The labeled person, before merges; absent if only pairs were asserted. */
  readonly label: PersonId | undefined;
  /** Whether the label spreads through its cluster. */
  readonly propagates: boolean;
  /** Whether it was labeled by itself, not only along with the rest of its cluster. */
  readonly isOwn: boolean;
}

/**
 * The user's assertions as one consistent whole, built by `buildConstraints`. Must-linked faces
 * share a *component*, and a person's id belongs to the component of their faces.
 */
export class Constraints {
  /** People by id, without those merged into another. */
  readonly people: ReadonlyMap<PersonId, PersonFacts>;
  /** Faces with an effective assertion, except those marked as not faces. */
  readonly faces: ReadonlyMap<FaceId, FaceConstraint>;
  readonly notFaces: ReadonlySet<FaceId>;
  /** Hashes of photos that may show one person several times. */
  readonly collages: ReadonlySet<string>;
  readonly overridden: readonly Overridden[];
  readonly #graph: ConstraintGraph;
  readonly #componentOfPersonId: ReadonlyMap<PersonId, number>;
  readonly #personOfComponent: ReadonlyMap<number, PersonId>;

  constructor(parts: {
    readonly people: ReadonlyMap<PersonId, PersonFacts>;
    readonly faces: ReadonlyMap<FaceId, FaceConstraint>;
    readonly notFaces: ReadonlySet<FaceId>;
    readonly collages: ReadonlySet<string>;
    readonly overridden: readonly Overridden[];
    readonly graph: ConstraintGraph;
    readonly componentOfPersonId: ReadonlyMap<PersonId, number>;
    readonly personOfComponent: ReadonlyMap<number, PersonId>;
  }) {
    this.people = parts.people;
    this.faces = parts.faces;
    this.notFaces = parts.notFaces;
    this.collages = parts.collages;
    this.overridden = parts.overridden;
    this.#graph = parts.graph;
    this.#componentOfPersonId = parts.componentOfPersonId;
    this.#personOfComponent = parts.personOfComponent;
  }

  /** The component of a face, or `undefined` without assertions about it. */
  componentOf(face: FaceId): number | undefined {
    return this.faces.get(face)?.component;
  }

  /** The component of a person, by this id or one merged into another. */
  componentOfPerson(person: PersonId): number | undefined {
    return this.#componentOfPersonId.get(person);
  }

  /** The person of a component, if any. */
  personOfComponent(component: number): PersonId | undefined {
    return this.#personOfComponent.get(component);
  }

  /** The person that the user labeled a face as. */
  personOf(face: FaceId): PersonId | undefined {
    const component = this.componentOf(face);
    return component === undefined ? undefined : this.#personOfComponent.get(component);
  }

  /** The current id of a person. */
  currentId(person: PersonId): PersonId | undefined {
    const component = this.#componentOfPersonId.get(person);
    return component === undefined ? undefined : this.#personOfComponent.get(component);
  }

  /** The components cannot-linked to a component. */
  cannotLinksOf(component: number): ReadonlySet<number> {
    return this.#graph.cannotLinksOf(component);
  }

  /** Whether the user excluded a face from a person. */
  rejects(face: FaceId, person: PersonId): boolean {
    const a = this.componentOf(face);
    const b = this.componentOfPerson(person);
    return a !== undefined && b !== undefined && this.areApart(a, b);
  }

  /** Whether two faces are cannot-linked, as a pair or as distinct people. */
  forbids(a: FaceId, b: FaceId): boolean {
    const componentA = this.componentOf(a);
    const componentB = this.componentOf(b);
    return (
      componentA !== undefined && componentB !== undefined && this.areApart(componentA, componentB)
    );
  }

  /** Whether two components must stay apart: they are cannot-linked, or different people. */
  areApart(a: number, b: number): boolean {
    if (a === b) return false;
    if (this.#graph.cannotLinksOf(a).has(b)) return true;
    return this.#personOfComponent.has(a) && this.#personOfComponent.has(b);
  }
}
