import type { TrainControl } from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import type { Constraints } from '../constraints/constraints.ts';
import type { Face } from '../faces/face.ts';
import { compareIds } from '../faces/faceId.ts';
import type { FaceVectors } from '../faces/faceVectors.ts';
import {
  Cluster,
  type ClusterFace,
  CORE_NEIGHBOURS,
  clusterFace,
  isCore,
  readConstraint,
  takesPart,
} from './cluster.ts';
import { clusterAll } from './clusterAll.ts';
import { type ClusterSnapshot, readSnapshot, writeSnapshot } from './clusterSnapshot.ts';
import { type ClusterSettings, DLIB_SETTINGS, link } from './linker.ts';

/**
 * The faces of a library, clustered by their vectors. Merges respect cannot-links; labels move no
 * face, so reverting one requires no repair. `assignPeople` combines clusters and constraints.
 *
 * A face's vector must be in the index before the face is added here.
 */
export class Clusters {
  readonly #vectors: FaceVectors;
  readonly #settings: ClusterSettings;
  #constraints: Constraints;
  #faces = new Map<number, ClusterFace>();

  constructor(
    vectors: FaceVectors,
    constraints: Constraints,
    settings: ClusterSettings = DLIB_SETTINGS,
  ) {
    this.#vectors = vectors;
    this.#constraints = constraints;
    this.#settings = settings;
  }

  /** Number of faces, clustered or not. */
  get size(): number {
    return this.#faces.size;
  }

  /** Each face with its cluster, if any, in insertion order. */
  faces(): IterableIterator<Readonly<ClusterFace>> {
    return this.#faces.values();
  }

  face(faceKey: number): Readonly<ClusterFace> | undefined {
    return this.#faces.get(faceKey);
  }

  /** The face keys of the clusters, each ascending, ordered by the smallest key. */
  clusters(): number[][] {
    const clusters = new Set<Cluster>();
    for (const { cluster } of this.#faces.values()) if (cluster) clusters.add(cluster);
    return [...clusters]
      .map(({ members }) => [...members].map(({ face }) => face.faceKey).sort((a, b) => a - b))
      .sort((a, b) => a[0]! - b[0]!);
  }

  /**
   * Adds a face incrementally: queries its neighbors, and those of each neighbor that becomes a
   * core through it. Replaces a face with the same key.
   */
  add(face: Face): void {
    this.#drop(face.faceKey, undefined);
    const known = clusterFace(face, this.#constraints);
    this.#faces.set(face.faceKey, known);
    if (!takesPart(known)) return;
    const near = this.#near(known);
    const becameCore: ClusterFace[] = [];
    for (const [other] of near) {
      if (known.face.quality === 'good' && other.degree < CORE_NEIGHBOURS) {
        const was = isCore(other);
        other.degree++;
        if (!was && isCore(other)) becameCore.push(other);
      }
      if (other.face.quality === 'good') known.degree = Math.min(CORE_NEIGHBOURS, known.degree + 1);
    }
    const edges = near.map(([other, l2]) => ({ a: known, b: other, l2 }));
    for (const core of becameCore) {
      for (const [other, l2] of this.#near(core)) {
        if (other !== known) edges.push({ a: core, b: other, l2 });
      }
    }
    edges.sort(
      (x, y) =>
        x.l2 - y.l2 || compareIds(x.a.face.id, y.a.face.id) || compareIds(x.b.face.id, y.b.face.id),
    );
    for (const { a, b } of edges) {
      link(a, b, this.#vectors, this.#constraints, this.#settings);
    }
  }

  /** Removes a face; faces it linked stay together until the next recluster. */
  remove(faceKey: number): void {
    this.#drop(faceKey, this.#vectors.vectorOf(faceKey));
  }

  /** Updates the constraints for future merges. Moves no face. */
  setConstraints(constraints: Constraints): void {
    this.#constraints = constraints;
    const clusters = new Set<Cluster>();
    for (const known of this.#faces.values()) {
      const { component, label } = known;
      readConstraint(known, constraints);
      // Component numbers change with each build: clusters with any must be recounted.
      if (known.cluster && (component ?? label ?? known.component ?? known.label) !== undefined) {
        clusters.add(known.cluster);
      }
    }
    for (const cluster of clusters) cluster.recountConstraints();
  }

  /**
   * Reclusters all faces. The result depends only on faces, vectors and constraints, not on
   * insertion order or earlier clusters. Faces may be added and removed meanwhile; until it
   * finishes, the old clusters stay in place.
   *
   * @param vectors faster ones of the same faces, if available: see `batchVectors`
   * @throws `aborted`; the clusters are unchanged then
   */
  async recluster(control?: TrainControl, vectors: FaceVectors = this.#vectors): Promise<void> {
    const next = new Clusters(this.#vectors, this.#constraints, this.#settings);
    for (const { face } of this.#faces.values()) {
      next.#faces.set(face.faceKey, clusterFace(face, this.#constraints));
    }
    await clusterAll(
      [...next.#faces.values()],
      vectors,
      this.#constraints,
      this.#settings,
      control,
    );
    next.setConstraints(this.#constraints);
    // Apply additions and removals made in the meantime.
    for (const faceKey of next.#faces.keys()) if (!this.#faces.has(faceKey)) next.remove(faceKey);
    for (const { face } of this.#faces.values()) {
      if (next.#faces.get(face.faceKey)?.face !== face) next.add(face);
    }
    this.#faces = next.#faces;
  }

  /** The clusters as plain data, to be stored with the vectors. */
  snapshot(): ClusterSnapshot {
    return writeSnapshot(this.#faces.values());
  }

  /**
   * Restores the clusters of a snapshot. Faces that it lacks are added; missing ones are dropped.
   *
   * @throws `corrupt`
   */
  static restore(
    snapshot: unknown,
    faces: Iterable<Face>,
    vectors: FaceVectors,
    constraints: Constraints,
    settings: ClusterSettings = DLIB_SETTINGS,
  ): Clusters {
    const restored = new Clusters(vectors, constraints, settings);
    const missing: Face[] = [];
    const kept = readSnapshot(snapshot);
    const clusters = new Map<number, Cluster>();
    for (const face of faces) {
      if (restored.#faces.has(face.faceKey)) {
        throw new AkinError('invalid-argument', `two faces have the row ${face.faceKey}`);
      }
      const was = kept.get(face.faceKey);
      if (!was) {
        missing.push(face);
        continue;
      }
      const known = clusterFace(face, constraints);
      known.degree = was.degree;
      restored.#faces.set(face.faceKey, known);
      restored.#putBack(known, was.cluster, clusters);
    }
    for (const face of missing) restored.add(face);
    return restored;
  }

  #drop(faceKey: number, vector: Float32Array | undefined): void {
    const known = this.#faces.get(faceKey);
    this.#faces.delete(faceKey);
    known?.cluster?.remove(known, vector);
  }

  /** The participating faces near a face, nearest first, with their distances. */
  #near({ face }: ClusterFace): [ClusterFace, number][] {
    const { radius, maxNeighbours } = this.#settings;
    const vector = this.#vectors.vectorOf(face.faceKey);
    if (!vector) return [];
    const { faceKeys, l2 } = this.#vectors.neighbours(vector, radius, maxNeighbours, face.faceKey);
    const near: [ClusterFace, number][] = [];
    faceKeys.forEach((faceKey, i) => {
      const known = this.#faces.get(faceKey);
      if (known && takesPart(known)) near.push([known, l2[i]!]);
    });
    return near;
  }

  #putBack(known: ClusterFace, number: number, clusters: Map<number, Cluster>): void {
    const vector = number > 0 ? this.#vectors.vectorOf(known.face.faceKey) : undefined;
    if (!vector) return;
    const cluster = clusters.get(number) ?? new Cluster(this.#vectors.d);
    clusters.set(number, cluster);
    cluster.add(known, vector);
  }
}
