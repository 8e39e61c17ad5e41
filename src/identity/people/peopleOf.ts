import type { Cluster, ClusterFace } from '../clusters/cluster.ts';
import type { Constraints, PersonFacts } from '../constraints/constraints.ts';
import type { Face, PersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import { compareIds } from '../faces/faceId.ts';
import { type Admission, type Atom, admit, type Candidates, compareAtoms } from './admission.ts';
import { MIN_GROUP, type People, type Person } from './people.ts';

type Known = Readonly<ClusterFace>;

/**
 * Who is whom: the clusters and the user's word brought together. It is a function of the two, which
 * changes neither, so that a word taken back leaves no trace. Whatever the clusters are:
 *
 * - faces that the word keeps apart, by a pair, a rejection or as different people, are apart;
 * - faces that the word puts together are together;
 * - two faces of one photo are two people, unless the word puts them together or it is a collage.
 *
 * A cluster goes to the person of most of its faces that lead. What can't be with the others of its
 * cluster is gathered beside them, as a group of its own where there is enough of it.
 */
export function peopleOf(faces: Iterable<Known>, constraints: Constraints): People {
  const { atoms, plain, loose } = sortOut(faces, constraints);
  const owners = ownersOf(atoms, constraints);
  const candidates = gather(atoms, plain, owners, constraints);

  const people: Person[] = [];
  const groups: Person[] = [];
  const beside: Candidates[] = [];
  for (const facts of constraints.people.values()) {
    const admission = admit(candidates.get(facts.id) ?? nobody(facts.id), constraints);
    people.push(personOf(facts, admission, constraints));
    beside.push(admission.refused);
  }
  const group = (admission: Admission) => {
    const tied = admission.atoms.some((atom) => atom.faces.length > 1);
    const members = facesOf(admission);
    if (tied || members.length >= MIN_GROUP) groups.push(groupOf(members, admission));
    else loose.push(...members);
  };
  for (const [key, unit] of candidates) {
    if (typeof key === 'string') continue;
    const admission = admit(unit, constraints);
    group(admission);
    beside.push(admission.refused);
  }
  for (const refused of beside) {
    const admission = admit(refused, constraints);
    group(admission);
    // What fits nowhere: an atom stays whole, the rest is nobody's.
    for (const atom of admission.refused.atoms) {
      group({ atoms: [atom], plain: [], refused: { atoms: [], plain: [] } });
    }
    loose.push(...admission.refused.plain.map(({ face }) => face));
  }
  groups.sort((a, b) => b.faces.length - a.faces.length || compareIds(a.key, b.key));
  loose.sort((a, b) => compareIds(a.id, b.id));
  const ofRow = new Map<number, Person>();
  for (const person of [...people, ...groups]) {
    for (const { row } of person.faces) ofRow.set(row, person);
  }
  return { people, groups, loose, ofRow };
}

/** Faces by what is known of them: by word, by cluster, or not at all. */
function sortOut(
  faces: Iterable<Known>,
  constraints: Constraints,
): { atoms: Atom[]; plain: Known[]; loose: Face[] } {
  const byBond = new Map<number, Known[]>();
  const plain: Known[] = [];
  const loose: Face[] = [];
  for (const known of faces) {
    if (known.dismissed) continue;
    if (known.bond !== undefined) {
      const bonded = byBond.get(known.bond);
      if (bonded) bonded.push(known);
      else byBond.set(known.bond, [known]);
    } else if (known.cluster) plain.push(known);
    else loose.push(known.face);
  }
  const atoms = [...byBond].map(([bond, bonded]) => {
    // A person's faces are many, and their order is never asked for.
    const isPerson = constraints.personOfBond(bond) !== undefined;
    if (!isPerson) bonded.sort((a, b) => compareIds(a.face.id, b.face.id));
    return { bond, faces: bonded, least: leastId(bonded.map(({ face }) => face)) };
  });
  return { atoms: atoms.sort(compareAtoms), plain, loose };
}

/** What the faces of a cluster are candidates for: a person, or else the cluster they hang with. */
type Owner = PersonId | Cluster;

/** Whose each cluster is that the word says anything of. */
function ownersOf(atoms: readonly Atom[], constraints: Constraints): (cluster: Cluster) => Owner {
  const votes = new Map<Cluster, Map<PersonId, number>>();
  for (const { bond, faces } of atoms) {
    const person = constraints.personOfBond(bond);
    if (person === undefined) continue;
    for (const { face, cluster } of faces) {
      if (!cluster || !constraints.faces.get(face.id)?.leads) continue;
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
  // Two faces said to be the same make one of their clusters, unless those are two people's.
  for (const { bond, faces } of atoms) {
    if (constraints.personOfBond(bond) !== undefined) continue;
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

function gather(
  atoms: readonly Atom[],
  plain: readonly Known[],
  ownerOf: (cluster: Cluster) => Owner,
  constraints: Constraints,
): Map<Owner | Atom, Candidates> {
  const candidates = new Map<Owner | Atom, Candidates>();
  const at = (key: Owner | Atom): Candidates => {
    const found = candidates.get(key);
    if (found) return found;
    const fresh = nobody(typeof key === 'string' ? key : undefined);
    candidates.set(key, fresh);
    return fresh;
  };
  for (const atom of atoms) {
    const person = constraints.personOfBond(atom.bond);
    at(person ?? ownerOfMost(atom, ownerOf) ?? atom).atoms.push(atom);
  }
  for (const known of plain) at(ownerOf(known.cluster!)).plain.push(known);
  return candidates;
}

/** With whom most of an atom's faces lie; of equals, the first. */
function ownerOfMost({ faces }: Atom, ownerOf: (cluster: Cluster) => Owner): Owner | undefined {
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
  return { person, atoms: [], plain: [] };
}

function facesOf({ atoms, plain }: Pick<Admission, 'atoms' | 'plain'>): Face[] {
  const faces = [...atoms.flatMap((atom) => atom.faces), ...plain].map(({ face }) => face);
  return faces.sort((a, b) => a.row - b.row);
}

function personOf(facts: PersonFacts, admission: Admission, constraints: Constraints): Person {
  const faces = facesOf(admission);
  const faceOf = new Map(faces.map((face) => [face.id, face]));
  const own = admission.atoms.filter(({ bond }) => constraints.personOfBond(bond) === facts.id);
  const said = own.flatMap((atom) => atom.faces.map(({ face }) => face.row));
  const chosen = facts.covers.find((id) => faceOf.has(id));
  return {
    key: facts.id,
    id: facts.id,
    name: facts.name,
    hidden: facts.hidden,
    faces,
    said: new Set(said),
    doubtful: admission.refused.plain.map(({ face }) => face),
    cover: chosen === undefined ? firstGood(faces) : faceOf.get(chosen),
  };
}

function groupOf(faces: readonly Face[], admission: Admission): Person {
  return {
    key: leastId(faces),
    id: undefined,
    name: '',
    hidden: false,
    faces,
    said: new Set(),
    doubtful: admission.refused.plain.map(({ face }) => face),
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
