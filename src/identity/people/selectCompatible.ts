import type { ClusterFace } from '../clusters/cluster.ts';
import type { Constraints } from '../constraints/constraints.ts';
import type { PersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import { compareIds } from '../faces/faceId.ts';

/** Must-linked faces: the present ones of a component. */
export interface MustLinkGroup {
  readonly component: number;
  /** By id, unless they are a person's. */
  readonly faces: readonly Readonly<ClusterFace>[];
  /** Their smallest id. */
  readonly least: FaceId;
}

/** Faces that may be one person's, before applying constraints and photos. */
export interface Candidates {
  readonly person?: PersonId | undefined;
  readonly mustLinkGroups: MustLinkGroup[];
  /** Faces without assertions. */
  readonly unconstrained: Readonly<ClusterFace>[];
}

/** The accepted and the refused candidates. */
export interface Selection {
  readonly mustLinkGroups: readonly MustLinkGroup[];
  readonly unconstrained: readonly Readonly<ClusterFace>[];
  readonly refused: Candidates;
}

/**
 * Greedily selects candidates that can be one person: cannot-linked faces are never together, a
 * must-link group is all or nothing, and a photo that is no collage contributes one face, or the
 * faces of one must-link group. Constraints take priority over photos, and the person's own
 * must-link group over everything.
 */
export function selectCompatible(candidates: Candidates, constraints: Constraints): Selection {
  const photos = new Set<string>();
  const selected: MustLinkGroup[] = [];
  const refused: Candidates = { mustLinkGroups: [], unconstrained: [] };
  const isOwn = ({ component }: MustLinkGroup) =>
    candidates.person !== undefined &&
    constraints.personOfComponent(component) === candidates.person;
  const free = ({ photoHash }: Readonly<ClusterFace>) =>
    !photos.has(photoHash) || constraints.collages.has(photoHash);
  const inOrder = candidates.mustLinkGroups.toSorted(
    (a, b) => Number(isOwn(b)) - Number(isOwn(a)) || compareMustLinkGroups(a, b),
  );
  for (const linkGroup of inOrder) {
    const apart = selected.some(({ component }) =>
      constraints.areApart(component, linkGroup.component),
    );
    if (apart || !linkGroup.faces.every(free)) {
      refused.mustLinkGroups.push(linkGroup);
      continue;
    }
    selected.push(linkGroup);
    for (const { photoHash } of linkGroup.faces) photos.add(photoHash);
  }
  const best = new Map<string, Readonly<ClusterFace>>();
  for (const known of candidates.unconstrained) {
    const rival = best.get(known.photoHash);
    if (!rival || goesBefore(known, rival)) best.set(known.photoHash, known);
  }
  const unconstrained: Readonly<ClusterFace>[] = [];
  for (const known of candidates.unconstrained) {
    const wins = constraints.collages.has(known.photoHash) || best.get(known.photoHash) === known;
    if (wins && free(known)) unconstrained.push(known);
    else refused.unconstrained.push(known);
  }
  return { mustLinkGroups: selected, unconstrained, refused };
}

export function compareMustLinkGroups(a: MustLinkGroup, b: MustLinkGroup): number {
  return compareIds(a.least, b.least);
}

/** Of two faces in one photo, the one in the larger cluster is more likely the person. */
function goesBefore(a: Readonly<ClusterFace>, b: Readonly<ClusterFace>): boolean {
  const lead = (a.cluster?.size ?? 0) - (b.cluster?.size ?? 0);
  return lead > 0 || (lead === 0 && a.face.id < b.face.id);
}
