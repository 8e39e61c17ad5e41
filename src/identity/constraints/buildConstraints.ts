import type { PersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import { compareIds } from '../faces/faceId.ts';
import { type Assertion, weightOf } from '../log/assertions.ts';
import { effectiveEntries, type Log } from '../log/log.ts';
import { runThrough, SLICE, type Sliced } from '../log/slices.ts';
import { ConstraintGraph } from './constraintGraph.ts';
import {
  Constraints,
  type FaceConstraint,
  type Overridden,
  type PersonFacts,
} from './constraints.ts';

/**
 * Builds the constraints of a log. Deterministic.
 *
 * Newer assertions override older ones: they are added newest first, and one that contradicts those
 * already added is overridden, for some or all of its faces. It stays in the log, and is effective
 * again once the contradicting one is reverted. Two people stay distinct until they are merged:
 * `mustLink` links two faces, it doesn't merge their people.
 */
export function buildConstraints(log: Log): Constraints {
  return runThrough(buildingConstraints(log));
}

/** As `buildConstraints`, in slices. */
export function* buildingConstraints(log: Log): Sliced<Constraints> {
  const builder = new ConstraintBuilder();
  const entries = effectiveEntries(log);
  let done = 0;
  for (const { id, assertions } of entries.toReversed()) {
    for (let assertion = assertions.length - 1; assertion >= 0; assertion--) {
      if (!builder.add(assertions[assertion]!)) builder.overridden.push({ entry: id, assertion });
      done += weightOf(assertions[assertion]!);
      if (done < SLICE) continue;
      done = 0;
      yield;
    }
  }
  return yield* builder.finishing();
}

type LabelAssertion = Extract<Assertion, { kind: 'labelCluster' | 'labelFace' }>;

interface Label {
  readonly person: PersonId;
  propagates: boolean;
  isOwn: boolean;
}

class ConstraintBuilder {
  readonly overridden: Overridden[] = [];
  readonly #graph = new ConstraintGraph();
  readonly #faces = new Map<FaceId, number>();
  readonly #people = new Map<PersonId, number>();
  /**
   * The current person id of each component, if any. An array, because a map whose keys come and go
   * keeps deleted entries in its chains and slows down.
   */
  readonly #personOfComponent: (PersonId | undefined)[] = [];
  readonly #labels = new Map<FaceId, Label>();
  readonly #notFaces = new Set<FaceId>();
  /** Faces that an assertion so far has labeled or must-linked. */
  readonly #labelled = new Set<FaceId>();
  readonly #collages = new Map<string, boolean>();
  // In the order added, newest first.
  readonly #names = new Map<PersonId, string>();
  readonly #hidden = new Map<PersonId, boolean>();
  readonly #covers: { readonly person: PersonId; readonly face: FaceId }[] = [];

  /** Adds an assertion, older than all before it. Returns whether all its parts are effective. */
  add(assertion: Assertion): boolean {
    switch (assertion.kind) {
      case 'labelCluster':
      case 'labelFace':
        return every(assertion.faces, (face) => this.#label(face, assertion));
      case 'exclude':
        return every(assertion.faces, (face) =>
          this.#addCannotLink(this.#face(face), this.#person(assertion.person)),
        );
      case 'mustLink':
        return this.#mustLinkFaces(assertion.a, assertion.b);
      case 'cannotLink':
        return (
          this.#areFaces(assertion.a, assertion.b) &&
          this.#addCannotLink(this.#face(assertion.a), this.#face(assertion.b))
        );
      case 'merge':
        return this.#merge(assertion.into, assertion.from);
      case 'distinct':
        return this.#addCannotLink(this.#person(assertion.a), this.#person(assertion.b));
      case 'notFace':
        return every(assertion.faces, (face) => this.#dismiss(face));
      case 'name':
        this.#person(assertion.person);
        setNew(this.#names, assertion.person, assertion.name);
        return true;
      case 'hide':
        this.#person(assertion.person);
        setNew(this.#hidden, assertion.person, assertion.hidden);
        return true;
      case 'cover':
        this.#person(assertion.person);
        this.#covers.push(assertion);
        return true;
      case 'collage':
        setNew(this.#collages, assertion.photoHash, assertion.collage);
        return true;
    }
  }

  *finishing(): Sliced<Constraints> {
    const faces = new Map<FaceId, FaceConstraint>();
    for (const [face, node] of this.#faces) {
      if (faces.size % SLICE === SLICE - 1) yield;
      if (this.#notFaces.has(face)) continue;
      const component = this.#graph.componentOf(node);
      const own = this.#labels.get(face);
      const label = own?.person ?? this.#personOfComponent[component];
      const { propagates = false, isOwn = false } = own ?? {};
      faces.set(face, { component, label, propagates, isOwn });
    }
    const merged = new Map<PersonId, PersonId[]>();
    const componentOfPersonId = new Map<PersonId, number>();
    const personOfComponent = new Map<number, PersonId>();
    for (const [person, node] of this.#people) {
      if (componentOfPersonId.size % SLICE === SLICE - 1) yield;
      const component = this.#graph.componentOf(node);
      componentOfPersonId.set(person, component);
      const current = this.#personOfComponent[component]!;
      personOfComponent.set(component, current);
      if (!merged.has(current)) merged.set(current, []);
      if (current !== person) merged.get(current)!.push(person);
    }
    yield;
    const people = new Map<PersonId, PersonFacts>();
    const currentOf = (person: PersonId) =>
      this.#personOfComponent[componentOfPersonId.get(person)!]!;
    const names = this.#namesTakenIn(currentOf);
    const covers = this.#coversOf(currentOf);
    yield;
    for (const [id, others] of [...merged].sort(([a], [b]) => compareIds(a, b))) {
      if (people.size % SLICE === SLICE - 1) yield;
      people.set(id, {
        id,
        name: this.#names.get(id) || (names.get(id) ?? ''),
        hidden: this.#hidden.get(id) ?? false,
        covers: covers.get(id) ?? [],
        merged: others.sort(compareIds),
      });
    }
    return new Constraints({
      people,
      faces,
      notFaces: this.#notFaces,
      collages: new Set([...this.#collages].flatMap(([hash, is]) => (is ? [hash] : []))),
      overridden: this.overridden.reverse(),
      graph: this.#graph,
      componentOfPersonId,
      personOfComponent,
    });
  }

  /** For a person without a name: the newest name of those merged into them. */
  #namesTakenIn(currentOf: (person: PersonId) => PersonId): Map<PersonId, string> {
    const names = new Map<PersonId, string>();
    for (const [person, name] of this.#names) {
      const current = currentOf(person);
      if (current !== person && name !== '') setNew(names, current, name);
    }
    return names;
  }

  /** The person's own covers precede those of merged people. */
  #coversOf(currentOf: (person: PersonId) => PersonId): Map<PersonId, FaceId[]> {
    const covers = new Map<PersonId, FaceId[]>();
    for (const isOwn of [true, false]) {
      for (const { person, face } of this.#covers) {
        const current = currentOf(person);
        if ((current === person) !== isOwn) continue;
        const known = covers.get(current);
        if (known) known.push(face);
        else covers.set(current, [face]);
      }
    }
    return covers;
  }

  #label(face: FaceId, { kind, person, faces }: LabelAssertion): boolean {
    const propagates = kind === 'labelCluster';
    const isOwn = !propagates || faces.length === 1;
    const to = this.#person(person);
    if (this.#notFaces.has(face) || !this.#addMustLink(this.#face(face), to)) return false;
    this.#labelled.add(face);
    const label = this.#labels.get(face);
    if (!label) this.#labels.set(face, { person, propagates, isOwn });
    else if (label.person === person) {
      label.propagates ||= propagates;
      label.isOwn ||= isOwn;
    }
    return true;
  }

  #mustLinkFaces(a: FaceId, b: FaceId): boolean {
    if (!this.#areFaces(a, b) || !this.#addMustLink(this.#face(a), this.#face(b))) return false;
    this.#labelled.add(a).add(b);
    return true;
  }

  /** A face that a newer assertion labels is a face after all. */
  #dismiss(face: FaceId): boolean {
    if (this.#labelled.has(face)) return false;
    this.#notFaces.add(face);
    return true;
  }

  #areFaces(a: FaceId, b: FaceId): boolean {
    return !this.#notFaces.has(a) && !this.#notFaces.has(b);
  }

  #addMustLink(a: number, b: number): boolean {
    const componentA = this.#graph.componentOf(a);
    const componentB = this.#graph.componentOf(b);
    const personA = this.#personOfComponent[componentA];
    const personB = this.#personOfComponent[componentB];
    if (componentA !== componentB && personA !== undefined && personB !== undefined) return false;
    return this.#join(componentA, componentB, personA ?? personB);
  }

  #merge(into: PersonId, from: PersonId): boolean {
    const componentInto = this.#graph.componentOf(this.#person(into));
    const componentFrom = this.#graph.componentOf(this.#person(from));
    return this.#join(componentInto, componentFrom, this.#personOfComponent[componentInto]);
  }

  #join(a: number, b: number, person: PersonId | undefined): boolean {
    const joined = this.#graph.addMustLink(a, b);
    if (joined === undefined) return false;
    this.#personOfComponent[joined] = person;
    return true;
  }

  #addCannotLink(a: number, b: number): boolean {
    return this.#graph.addCannotLink(this.#graph.componentOf(a), this.#graph.componentOf(b));
  }

  #face(id: FaceId): number {
    return numberOf(this.#faces, id, this.#graph);
  }

  #person(id: PersonId): number {
    const known = this.#people.get(id);
    if (known !== undefined) return known;
    const node = numberOf(this.#people, id, this.#graph);
    this.#personOfComponent[node] = id;
    return node;
  }
}

function numberOf(numbers: Map<string, number>, id: string, graph: ConstraintGraph): number {
  let node = numbers.get(id);
  if (node === undefined) {
    node = graph.addNode();
    numbers.set(id, node);
  }
  return node;
}

/** Like `Array.every`, without short-circuiting. */
function every<T>(parts: readonly T[], holds: (part: T) => boolean): boolean {
  return parts.map(holds).every(Boolean);
}

/** Keeps the existing value, which is newer. */
function setNew<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}
