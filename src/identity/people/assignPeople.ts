import type { Cluster, ClusterFace } from '../clusters/cluster.ts';
import type { Constraints, PersonFacts } from '../constraints/constraints.ts';
import type { Face, PersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import { compareIds } from '../faces/faceId.ts';
import { MIN_GROUP, type People, type Person } from './people.ts';
import {
  type Candidates,
  compareMustLinkGroups,
  type MustLinkGroup,
  type Selection,
  selectCompatible,
} from './selectCompatible.ts';

type Known = Readonly<ClusterFace>;

/**
 * Assigns faces to people, combining clusters and assertions. A pure function of both, so a
 * reverted assertion leaves no trace. Guarantees for any clusters:
 *
 * - cannot-linked faces are apart, whether by a pair, a rejection or as distinct people;
 * - must-linked faces are together;
 * - two faces of one photo are two people, unless assertions link them or it is a collage.
 *
 * A cluster goes to the person of most of its faces whose labels propagate. Faces that conflict
 * with the rest of their cluster are split off, as a group of their own if there are enough.
 */
export function assignPeople(faces: Iterable<Known>, constraints: Constraints): People {
  const { mustLinkGroups, unconstrained, unassigned } = sortOut(faces, constraints);
  const owners = ownersOf(mustLinkGroups, constraints);
  const candidates = collectCandidates(mustLinkGroups, unconstrained, owners, constraints);

  const people: Person[] = [];
  const groups: Person[] = [];
  const beside: Candidates[] = [];
  for (const facts of constraints.people.values()) {
    const selection = selectCompatible(candidates.get(facts.id) ?? nobody(facts.id), constraints);
    people.push(personOf(facts, selection, constraints));
    beside.push(selection.refused);
  }
  const group = (selection: Selection) => {
    const tied = selection.mustLinkGroups.some((linkGroup) => linkGroup.faces.length > 1);
    const members = facesOf(selection);
    if (tied || members.length >= MIN_GROUP) groups.push(groupOf(members, selection));
    else unassigned.push(...members);
  };
  for (const [key, unit] of candidates) {
    if (typeof key === 'string') continue;
    const selection = selectCompatible(unit, constraints);
    group(selection);
    beside.push(selection.refused);
  }
  for (const refused of beside) {
    const selection = selectCompatible(refused, constraints);
    group(selection);
    // What fits nowhere: a must-link group stays whole, the rest is unassigned.
    for (const linkGroup of selection.refused.mustLinkGroups) {
      group({
        mustLinkGroups: [linkGroup],
        unconstrained: [],
        refused: { mustLinkGroups: [], unconstrained: [] },
      });
    }
    unassigned.push(...selection.refused.unconstrained.map(({ face }) => face));
  }
  groups.sort((a, b) => b.faces.length - a.faces.length || compareIds(a.key, b.key));
  unassigned.sort((a, b) => compareIds(a.id, b.id));
  const byFaceKey = new Map<number, Person>();
  for (const person of [...people, ...groups]) {
    for (const { faceKey } of person.faces) byFaceKey.set(faceKey, person);
  }
  return { people, groups, unassigned, byFaceKey };
}

/** Sorts faces by what is known of them: constraints, a cluster, or nothing. */
function sortOut(
  faces: Iterable<Known>,
  constraints: Constraints,
): { mustLinkGroups: MustLinkGroup[]; unconstrained: Known[]; unassigned: Face[] } {
  const byComponent = new Map<number, Known[]>();
  const unconstrained: Known[] = [];
  const unassigned: Face[] = [];
  for (const known of faces) {
    if (known.dismissed) continue;
    if (known.component !== undefined) {
      const linked = byComponent.get(known.component);
      if (linked) linked.push(known);
      else byComponent.set(known.component, [known]);
    } else if (known.cluster) unconstrained.push(known);
    else unassigned.push(known.face);
  }
  const mustLinkGroups = [...byComponent].map(([component, linked]) => {
    // A person has many faces, and their order is never needed.
    const isPerson = constraints.personOfComponent(component) !== undefined;
    if (!isPerson) linked.sort((a, b) => compareIds(a.face.id, b.face.id));
    return { component, faces: linked, least: leastId(linked.map(({ face }) => face)) };
  });
  return { mustLinkGroups: mustLinkGroups.sort(compareMustLinkGroups), unconstrained, unassigned };
}

/** The candidate owner of a cluster's faces: a person, or the cluster they belong to. */
type Owner = PersonId | Cluster;

/** The owner of each cluster with a labeled face. */
function ownersOf(
  mustLinkGroups: readonly MustLinkGroup[],
  constraints: Constraints,
): (cluster: Cluster) => Owner {
  const votes = new Map<Cluster, Map<PersonId, number>>();
  for (const { component, faces } of mustLinkGroups) {
    const person = constraints.personOfComponent(component);
    if (person === undefined) continue;
    for (const { face, cluster } of faces) {
      if (!cluster || !constraints.faces.get(face.id)?.propagates) continue;
      const counts = votes.get(cluster) ?? new Map<PersonId, number>();
      counts.set(person, (counts.get(person) ?? 0) + 1);
      votes.set(cluster, counts);
    }
  }
  const owners = new Map<Cluster, Owner>();
  for (const [cluster, counts] of votes) {
    const [[most]] = [...counts].sort(([a, n], [b, m]) => m - n || compareIds(a, b)) as [
      [PersonId, number],
    ];
    owners.set(cluster, most);
  }
  const find = (cluster: Cluster): Owner => {
    let at = cluster;
    for (;;) {
      const owner = owners.get(at) ?? at;
      if (typeof owner === 'string' || owner === at) return owner;
      at = owner;
    }
  };
  // A must-link merges the clusters of its faces, unless those belong to two people.
  for (const { component, faces } of mustLinkGroups) {
    if (constraints.personOfComponent(component) !== undefined) continue;
    let first: Owner | undefined;
    for (const { cluster } of faces) {
      if (!cluster) continue;
      const owner = find(cluster);
      if (first === undefined) first = owner;
      else if (typeof owner !== 'string') owners.set(owner, first);
      else if (typeof first !== 'string') {
        owners.set(first, owner);
        first = owner;
      }
    }
  }
  return find;
}

function collectCandidates(
  mustLinkGroups: readonly MustLinkGroup[],
  unconstrained: readonly Known[],
  ownerOf: (cluster: Cluster) => Owner,
  constraints: Constraints,
): Map<Owner | MustLinkGroup, Candidates> {
  const candidates = new Map<Owner | MustLinkGroup, Candidates>();
  const at = (key: Owner | MustLinkGroup): Candidates => {
    const found = candidates.get(key);
    if (found) return found;
    const fresh = nobody(typeof key === 'string' ? key : undefined);
    candidates.set(key, fresh);
    return fresh;
  };
  for (const linkGroup of mustLinkGroups) {
    const person = constraints.personOfComponent(linkGroup.component);
    at(person ?? ownerOfMost(linkGroup, ownerOf) ?? linkGroup).mustLinkGroups.push(linkGroup);
  }
  for (const known of unconstrained) at(ownerOf(known.cluster!)).unconstrained.push(known);
  return candidates;
}

/** The owner of most faces of a must-link group; ties go to the first. */
function ownerOfMost(
  { faces }: MustLinkGroup,
  ownerOf: (cluster: Cluster) => Owner,
): Owner | undefined {
  const counts = new Map<Owner, number>();
  for (const { cluster } of faces) {
    if (!cluster) continue;
    const owner = ownerOf(cluster);
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}

function nobody(person: PersonId | undefined): Candidates {
  return { person, mustLinkGroups: [], unconstrained: [] };
}

function facesOf({
  mustLinkGroups,
  unconstrained,
}: Pick<Selection, 'mustLinkGroups' | 'unconstrained'>): Face[] {
  const faces = [...mustLinkGroups.flatMap((linkGroup) => linkGroup.faces), ...unconstrained].map(
    ({ face }) => face,
  );
  return faces.sort((a, b) => a.faceKey - b.faceKey);
}

function personOf(facts: PersonFacts, selection: Selection, constraints: Constraints): Person {
  const faces = facesOf(selection);
  const faceOf = new Map(faces.map((face) => [face.id, face]));
  const own = selection.mustLinkGroups.filter(
    ({ component }) => constraints.personOfComponent(component) === facts.id,
  );
  const confirmed = own.flatMap((linkGroup) => linkGroup.faces.map(({ face }) => face.faceKey));
  const chosen = facts.covers.find((id) => faceOf.has(id));
  return {
    key: facts.id,
    id: facts.id,
    name: facts.name,
    hidden: facts.hidden,
    faces,
    confirmed: new Set(confirmed),
    conflicting: selection.refused.unconstrained.map(({ face }) => face),
    cover: chosen === undefined ? firstGood(faces) : faceOf.get(chosen),
  };
}

function groupOf(faces: readonly Face[], selection: Selection): Person {
  return {
    key: leastId(faces),
    id: undefined,
    name: '',
    hidden: false,
    faces,
    confirmed: new Set(),
    conflicting: selection.refused.unconstrained.map(({ face }) => face),
    cover: firstGood(faces),
  };
}

function leastId(faces: readonly Face[]): FaceId {
  let least = faces[0]!.id;
  for (const { id } of faces) if (compareIds(id, least) < 0) least = id;
  return least;
}

function firstGood(faces: readonly Face[]): Face | undefined {
  return faces.find(({ quality }) => quality === 'good') ?? faces[0];
}
