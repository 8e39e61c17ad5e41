import type { PersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import type { ConstraintGraph } from './constraintGraph.ts';

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

/** A assertion that newer ones contradict, and that therefore does not hold. */
export interface Overridden {
  /** The id of its entry. */
  readonly entry: number;
  /** Its place in the entry, from 0. */
  readonly assertion: number;
}

/** What the user asserted of one face. */
export interface FaceConstraint {
  readonly component: number;
  /** The person it was said to be, before mergers; absent where only pairs were named. */
  readonly label: PersonId | undefined;
  /** Whether what lies with it follows it. */
  readonly propagates: boolean;
}

/**
 * The user’s assertions as one consistent whole, made by `buildConstraints`. Faces that must be together share a
 * *component*, and a person's id is in the component of that person's faces.
 */
export class Constraints {
  /** People by id; one that was merged into another is not among them. */
  readonly people: ReadonlyMap<PersonId, PersonFacts>;
  /** Faces of which something holds, those that are none excepted. */
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

  /** The component of a face or `undefined` where nothing was said of it. */
  componentOf(face: FaceId): number | undefined {
    return this.faces.get(face)?.component;
  }

  /** The component of a person, by this id or one that was merged into another. */
  componentOfPerson(person: PersonId): number | undefined {
    return this.#componentOfPersonId.get(person);
  }

  /** The person of a component, if any. */
  personOfComponent(component: number): PersonId | undefined {
    return this.#personOfComponent.get(component);
  }

  /** Who the user says a face is. */
  personOf(face: FaceId): PersonId | undefined {
    const component = this.componentOf(face);
    return component === undefined ? undefined : this.#personOfComponent.get(component);
  }

  /** The id that a person goes by now. */
  currentId(person: PersonId): PersonId | undefined {
    const component = this.#componentOfPersonId.get(person);
    return component === undefined ? undefined : this.#personOfComponent.get(component);
  }

  /** The components that must not be with a component. */
  cannotLinksOf(component: number): ReadonlySet<number> {
    return this.#graph.cannotLinksOf(component);
  }

  /** Whether the user keeps a face apart from a person. */
  rejects(face: FaceId, person: PersonId): boolean {
    const a = this.componentOf(face);
    const b = this.componentOfPerson(person);
    return a !== undefined && b !== undefined && this.areApart(a, b);
  }

  /** Whether the user keeps two faces apart: by a pair, or as different people. */
  forbids(a: FaceId, b: FaceId): boolean {
    const componentA = this.componentOf(a);
    const componentB = this.componentOf(b);
    return (
      componentA !== undefined && componentB !== undefined && this.areApart(componentA, componentB)
    );
  }

  /** Whether two components must not be together: by a cannot-link, or as they are different people. */
  areApart(a: number, b: number): boolean {
    if (a === b) return false;
    if (this.#graph.cannotLinksOf(a).has(b)) return true;
    return this.#personOfComponent.has(a) && this.#personOfComponent.has(b);
  }
}
