import { checkpoint, type TrainControl } from '../../ann/index.ts';
import type { Constraints } from '../constraints/constraints.ts';
import { compareIds } from '../faces/faceId.ts';
import type { FaceVectors } from '../faces/faceVectors.ts';
import { type ClusterFace, CORE_NEIGHBOURS, isCore, takesPart } from './cluster.ts';
import { type ClusterSettings, link } from './linker.ts';

/** Queries between two pauses: about 20 ms of work. */
const QUERIES_BETWEEN = 32;
const EDGES_BETWEEN = 8192;
/** Fraction of the work spent on finding neighbors. */
const NEIGHBOUR_SHARE = 0.9;

/**
 * Clusters faces from scratch. DBSCAN with cores of three (Ester, Kriegel, Sander and Xu, "A
 * density-based algorithm for discovering clusters in large spatial databases with noise", 1996),
 * with its links taken from shortest to longest, each accepted only if the two clusters it would
 * join are near as a whole: average-link clustering (UPGMA, with the root of the mean squared
 * distance) along the links of a DBSCAN.
 *
 * Decisions are ordered by distance, ties by face id, so neither the order of `faces` nor their
 * keys matter. That holds as far as `neighbours` gives the same results, and up to the last bits of
 * a double in the vector sums of a cluster.
 *
 * @throws `aborted`
 */
export async function clusterAll(
  faces: readonly ClusterFace[],
  vectors: FaceVectors,
  constraints: Constraints,
  settings: ClusterSettings,
  control?: TrainControl,
): Promise<void> {
  const ordered = faces.filter(takesPart).sort((a, b) => compareIds(a.face.id, b.face.id));
  const edges = await findEdges(ordered, vectors, settings, control);
  const order = edges.sorted();
  for (let i = 0; i < order.length; i++) {
    if (i % EDGES_BETWEEN === 0) {
      const share = NEIGHBOUR_SHARE + ((1 - NEIGHBOUR_SHARE) * i) / order.length;
      await checkpoint(control, 'clusters', share);
    }
    const edge = order[i]!;
    link(ordered[edges.from(edge)]!, ordered[edges.to(edge)]!, vectors, constraints, settings);
  }
}

/** Finds the neighbors of every face, and counts the good ones. */
async function findEdges(
  ordered: readonly ClusterFace[],
  vectors: FaceVectors,
  { radius, maxNeighbours }: ClusterSettings,
  control: TrainControl | undefined,
): Promise<Edges> {
  const placeOfKey = new Map(ordered.map(({ face }, place) => [face.faceKey, place]));
  const edges = new Edges();
  /** Whether a face may have more neighbors than requested. */
  const full = new Uint8Array(ordered.length);
  for (let place = 0; place < ordered.length; place++) {
    if (place % QUERIES_BETWEEN === 0) {
      await checkpoint(control, 'neighbours', (NEIGHBOUR_SHARE * place) / ordered.length);
    }
    const known = ordered[place]!;
    const vector = vectors.vectorOf(known.face.faceKey);
    if (!vector) continue;
    const { faceKeys, l2 } = vectors.neighbours(vector, radius, maxNeighbours, known.face.faceKey);
    full[place] = faceKeys.length >= maxNeighbours ? 1 : 0;
    let good = 0;
    for (let i = 0; i < faceKeys.length; i++) {
      const other = placeOfKey.get(faceKeys[i]!);
      if (other === undefined) continue;
      if (ordered[other]!.face.quality === 'good') good++;
      // The other end reports the link too, unless its list of neighbors is full.
      if (place < other || full[other]) edges.push(place, other, l2[i]!);
    }
    known.degree = Math.min(CORE_NEIGHBOURS, good);
  }
  edges.keep((from, to) => isCore(ordered[from]!) || isCore(ordered[to]!));
  return edges;
}

/** Pairs of places with their distance, in growable columns. */
class Edges {
  #count = 0;
  #from = new Uint32Array(1024);
  #to = new Uint32Array(1024);
  #l2 = new Float32Array(1024);

  push(a: number, b: number, l2: number): void {
    if (this.#count === this.#l2.length) this.#grow();
    this.#from[this.#count] = Math.min(a, b);
    this.#to[this.#count] = Math.max(a, b);
    this.#l2[this.#count++] = l2;
  }

  keep(wanted: (from: number, to: number) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.#count; i++) {
      if (!wanted(this.#from[i]!, this.#to[i]!)) continue;
      this.#from[kept] = this.#from[i]!;
      this.#to[kept] = this.#to[i]!;
      this.#l2[kept++] = this.#l2[i]!;
    }
    this.#count = kept;
  }

  from(edge: number): number {
    return this.#from[edge]!;
  }

  to(edge: number): number {
    return this.#to[edge]!;
  }

  /** Edge indices, shortest first. */
  sorted(): Uint32Array {
    const from = this.#from;
    const to = this.#to;
    const l2 = this.#l2;
    return Uint32Array.from({ length: this.#count }, (_, i) => i).sort(
      (a, b) => l2[a]! - l2[b]! || from[a]! - from[b]! || to[a]! - to[b]!,
    );
  }

  #grow(): void {
    const [from, to, l2] = [this.#from, this.#to, this.#l2];
    this.#from = new Uint32Array(2 * from.length);
    this.#to = new Uint32Array(2 * to.length);
    this.#l2 = new Float32Array(2 * l2.length);
    this.#from.set(from);
    this.#to.set(to);
    this.#l2.set(l2);
  }
}
