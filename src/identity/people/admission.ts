import type { ClusterFace } from '../clusters/cluster.ts';
import type { Constraints } from '../constraints/constraints.ts';
import type { PersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import { compareIds } from '../faces/faceId.ts';

/** Faces that the user's word keeps together: all of a bond that are here. */
export interface Atom {
  readonly bond: number;
  /** By id, where they are no person's. */
  readonly faces: readonly Readonly<ClusterFace>[];
  /** Their least id. */
  readonly least: FaceId;
}

/** Faces that may be one person's, before the word and the photos are asked. */
export interface Candidates {
  readonly person?: PersonId | undefined;
  readonly atoms: Atom[];
  /** Faces of which nothing was said. */
  readonly plain: Readonly<ClusterFace>[];
}

/** Who comes in, and who has to stay out. */
export interface Admission {
  readonly atoms: readonly Atom[];
  readonly plain: readonly Readonly<ClusterFace>[];
  readonly refused: Candidates;
}

/**
 * Picks of some candidates those that may be one person: what the user says to be apart is never
 * together, what is together by word comes as a whole or not at all, and of a photo that is no
 * collage one face comes, or the faces of one atom. The word goes before the photo, and the person's
 * own atom before all.
 */
export function admit(candidates: Candidates, constraints: Constraints): Admission {
  const photos = new Set<string>();
  const taken: Atom[] = [];
  const refused: Candidates = { atoms: [], plain: [] };
  const isOwn = ({ bond }: Atom) =>
    candidates.person !== undefined && constraints.personOfBond(bond) === candidates.person;
  const free = ({ photoHash }: Readonly<ClusterFace>) =>
    !photos.has(photoHash) || constraints.collages.has(photoHash);
  const inOrder = candidates.atoms.toSorted(
    (a, b) => Number(isOwn(b)) - Number(isOwn(a)) || compareAtoms(a, b),
  );
  for (const atom of inOrder) {
    const apart = taken.some(({ bond }) => constraints.areApart(bond, atom.bond));
    if (apart || !atom.faces.every(free)) {
      refused.atoms.push(atom);
      continue;
    }
    taken.push(atom);
    for (const { photoHash } of atom.faces) photos.add(photoHash);
  }
  const best = new Map<string, Readonly<ClusterFace>>();
  for (const known of candidates.plain) {
    const rival = best.get(known.photoHash);
    if (!rival || goesBefore(known, rival)) best.set(known.photoHash, known);
  }
  const plain: Readonly<ClusterFace>[] = [];
  for (const known of candidates.plain) {
    const wins = constraints.collages.has(known.photoHash) || best.get(known.photoHash) === known;
    if (wins && free(known)) plain.push(known);
    else refused.plain.push(known);
  }
  return { atoms: taken, plain, refused };
}

export function compareAtoms(a: Atom, b: Atom): number {
  return compareIds(a.least, b.least);
}

/** Of two faces of one photo, the one in the larger cluster is likelier the person. */
function goesBefore(a: Readonly<ClusterFace>, b: Readonly<ClusterFace>): boolean {
  const lead = (a.cluster?.size ?? 0) - (b.cluster?.size ?? 0);
  return lead > 0 || (lead === 0 && a.face.id < b.face.id);
}
