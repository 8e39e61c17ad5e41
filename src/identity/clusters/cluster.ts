import type { Constraints } from '../constraints/constraints.ts';
import type { Face, PersonId } from '../faces/face.ts';
import { photoHashOf } from '../faces/faceId.ts';

/** A face and its clustering state. */
export interface ClusterFace {
  readonly face: Face;
  readonly photoHash: string;
  /** Good faces found nearby, counted only up to `CORE_NEIGHBOURS`. */
  degree: number;
  cluster: Cluster | undefined;
  /** The user's assertions about it. */
  component: number | undefined;
  label: PersonId | undefined;
  dismissed: boolean;
}

/** Good neighbors of a core point, excluding itself: with it they are three. */
export const CORE_NEIGHBOURS = 2;

export function clusterFace(face: Face, constraints: Constraints): ClusterFace {
  const known = {
    face,
    photoHash: photoHashOf(face.id),
    degree: 0,
    cluster: undefined,
    component: undefined,
    label: undefined,
    dismissed: false,
  };
  readConstraint(known, constraints);
  return known;
}

/** Updates a face's constraint fields. */
export function readConstraint(known: ClusterFace, constraints: Constraints): void {
  const constraint = constraints.faces.get(known.face.id);
  known.component = constraint?.component;
  known.label = constraint?.label;
  known.dismissed = constraints.notFaces.has(known.face.id);
}

/** Whether a face is clustered: good faces are, and those the user has labeled. */
export function takesPart({ face, label, dismissed }: ClusterFace): boolean {
  return !dismissed && (face.quality === 'good' || label !== undefined);
}

/** Whether a face extends its cluster: it lies in a dense region, or the user has labeled it. */
export function isCore({ degree, label }: ClusterFace): boolean {
  return degree >= CORE_NEIGHBOURS || label !== undefined;
}

/**
 * Faces that their vectors group as one person. It keeps the sum of its vectors and of their
 * squared norms, which give the mean squared distance to another cluster, over all pairs of faces,
 * exactly and for one inner product: |A|⁻¹|B|⁻¹ Σ|a − b|² = E|a|² + E|b|² − 2 E a · E b.
 */
export class Cluster {
  readonly members = new Set<ClusterFace>();
  readonly #sum: Float64Array;
  #sumOfSquares = 0;
  /** Number of faces per photo. */
  readonly #photos = new Map<string, number>();
  readonly #components = new Map<number, number>();
  readonly #labels = new Map<PersonId, number>();

  constructor(d: number) {
    this.#sum = new Float64Array(d);
  }

  get size(): number {
    return this.members.size;
  }

  /** @param vector of the face */
  add(known: ClusterFace, vector: Float32Array): void {
    this.#take(known);
    for (let i = 0; i < vector.length; i++) {
      const x = vector[i]!;
      this.#sum[i]! += x;
      this.#sumOfSquares += x * x;
    }
  }

  /** @param vector of the face; if unknown by now, the mean stays unchanged */
  remove(known: ClusterFace, vector: Float32Array | undefined): void {
    const left = (this.size - 1) / this.size;
    this.members.delete(known);
    known.cluster = undefined;
    count(this.#photos, known.photoHash, -1);
    if (known.component !== undefined) count(this.#components, known.component, -1);
    if (known.label !== undefined) count(this.#labels, known.label, -1);
    if (!vector) this.#sumOfSquares *= left;
    for (let i = 0; i < this.#sum.length; i++) {
      const x = vector?.[i];
      if (x === undefined) {
        this.#sum[i]! *= left;
      } else {
        this.#sum[i]! -= x;
        this.#sumOfSquares -= x * x;
      }
    }
  }

  /** Merges another cluster into this one, which makes that one invalid. */
  absorb(other: Cluster): void {
    for (const known of other.members) this.#take(known);
    for (let i = 0; i < this.#sum.length; i++) this.#sum[i]! += other.#sum[i]!;
    this.#sumOfSquares += other.#sumOfSquares;
  }

  /** The root of the mean squared L2 distance over all pairs of faces across two clusters. */
  distanceTo(other: Cluster): number {
    let product = 0;
    for (let i = 0; i < this.#sum.length; i++) product += this.#sum[i]! * other.#sum[i]!;
    const pairs = this.size * other.size;
    const l2sq =
      this.#sumOfSquares / this.size + other.#sumOfSquares / other.size - (2 * product) / pairs;
    return Math.sqrt(Math.max(0, l2sq));
  }

  /** Whether assertions, or a photo with faces in both, keep two clusters apart. */
  conflictsWith(other: Cluster, constraints: Constraints): boolean {
    const label = this.label;
    if (label !== undefined && other.label !== undefined && label !== other.label) return true;
    const [small, large] = this.size <= other.size ? [this, other] : [other, this];
    for (const photo of small.#photos.keys()) {
      if (large.#photos.has(photo) && !constraints.collages.has(photo)) return true;
    }
    for (const component of small.#components.keys()) {
      for (const other of constraints.cannotLinksOf(component))
        if (large.#components.has(other)) return true;
    }
    return false;
  }

  /** The most frequent label of the faces here, if any is labeled. */
  get label(): PersonId | undefined {
    let most: PersonId | undefined;
    for (const [label, faces] of this.#labels) {
      const lead = most === undefined ? 1 : faces - this.#labels.get(most)!;
      if (lead > 0 || (lead === 0 && label < most!)) most = label;
    }
    return most;
  }

  /** Recounts the constraints of the faces here. */
  recountConstraints(): void {
    this.#components.clear();
    this.#labels.clear();
    for (const known of this.members) this.#countConstraint(known);
  }

  #take(known: ClusterFace): void {
    this.members.add(known);
    known.cluster = this;
    count(this.#photos, known.photoHash, 1);
    this.#countConstraint(known);
  }

  #countConstraint({ component, label }: ClusterFace): void {
    if (component !== undefined) count(this.#components, component, 1);
    if (label !== undefined) count(this.#labels, label, 1);
  }
}

function count<K>(counts: Map<K, number>, key: K, by: number): void {
  const now = (counts.get(key) ?? 0) + by;
  if (now > 0) counts.set(key, now);
  else counts.delete(key);
}
