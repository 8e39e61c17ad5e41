import { type Kernels, neighbourGraph } from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import { extendAll, learnClosedForm } from '../../metric/index.ts';
import type { MapPreview, PhotoId } from '../../protocol/index.ts';
import type { Indexes, Maps } from '../../store/index.ts';
import { alignTo, fuzzyGraph, optimizeLayout } from '../../umap/index.ts';
import { dimensionsOf } from '../shared/dimensionsOf.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';

export interface PreviewOptions {
  readonly store: {
    readonly maps: Pick<Maps, 'get'>;
    readonly indexes: Pick<Indexes, 'vectors'>;
  };
  readonly kernels: Kernels;
  readonly spaceId: string;
  readonly signal: AbortSignal;
}

/** Photos that may move, at most: those nearest on the map to a photo of a pair. */
const MOST_MOVED = 600;
const MOST_PAIRS = 50;
const NEIGHBOURS = 15;
const EPOCHS = 150;
const SEED = 1;
/** Width of the map in the units of a layout. */
const WIDTH = 20;

/**
 * Where photos near some pairs would lie if each pair belonged together. The closed form that needs
 * nothing but such pairs is used: whitening by their covariance, which takes out what the two of a
 * pair differ in (relevant component analysis, Bar-Hillel, Hertz, Shental and Weinshall 2003). What
 * differs in the same way comes along. Changes nothing.
 *
 * @throws AkinError `not-found` if there is no map or a photo isn't on it, `invalid-argument` for a
 *   photo paired with itself, too many pairs or none; `aborted`, `out-of-memory`, and store errors
 */
export async function previewAlike(
  pairs: readonly (readonly [PhotoId, PhotoId])[],
  { store, kernels, spaceId, signal }: PreviewOptions,
): Promise<MapPreview> {
  const d = dimensionsOf(spaceId);
  if (!arePairs(pairs)) {
    throw new AkinError('invalid-argument', `1 to ${MOST_PAIRS} pairs of two photos each`);
  }
  const map = await store.maps.get(spaceId);
  const rowOf = new Map(Array.from(map?.ids ?? [], (id, row) => [id, row]));
  const paired = pairs.flat();
  if (!map || paired.some((id) => !rowOf.has(id))) {
    throw new AkinError('not-found', 'These photos are not on the map.');
  }
  const near = nearestOnMap(
    map.positions,
    paired.map((id) => rowOf.get(id)!),
  );
  const block = await store.indexes.vectors(
    { id: spaceId, d },
    near.map((row) => map.ids[row]!),
  );
  const { ids } = block;
  const groups = joined(pairs);
  // A photo that is in no pair is a class of its own, which adds nothing to the covariance.
  const classes = numbered(Array.from(ids, (id) => groups.get(id) ?? id));
  const learned = learnClosedForm('whitening', { d, vectors: block.vectors, classes });
  const pause = async () => {
    await yieldToEventLoop();
    throwIfAborted(signal);
  };
  await pause();
  // Copies differ in nothing.
  const vectors = learned ? extendAll(learned.at(1), block.vectors) : block.vectors;
  const graph = await neighbourGraph(kernels, vectors, { d, k: NEIGHBOURS, seed: SEED }, { pause });
  const positions = new Float32Array(2 * ids.length);
  ids.forEach((id, i) => {
    const row = rowOf.get(id)!;
    positions[2 * i] = (map.positions[2 * row]! - 0.5) * WIDTH;
    positions[2 * i + 1] = (map.positions[2 * row + 1]! - 0.5) * WIDTH;
  });
  const before = positions.slice();
  await optimizeLayout(positions, fuzzyGraph(graph), { epochs: EPOCHS, seed: SEED, pause });
  alignTo(positions, before);
  return { ids, positions: positions.map((at) => Math.max(0, Math.min(1, at / WIDTH + 0.5))) };
}

/** The console may pass anything. */
function arePairs(pairs: unknown): boolean {
  if (!Array.isArray(pairs) || pairs.length < 1 || pairs.length > MOST_PAIRS) return false;
  return pairs.every((pair) => Array.isArray(pair) && pair.length === 2 && pair[0] !== pair[1]);
}

/** Rows of the map that are nearest to any of some rows, these first. */
function nearestOnMap(positions: Float32Array, rows: readonly number[]): number[] {
  const l2sq = new Float64Array(positions.length / 2).fill(Number.POSITIVE_INFINITY);
  for (const row of rows) {
    for (let other = 0; other < l2sq.length; other++) {
      const dx = positions[2 * other]! - positions[2 * row]!;
      const dy = positions[2 * other + 1]! - positions[2 * row + 1]!;
      l2sq[other] = Math.min(l2sq[other]!, dx * dx + dy * dy);
    }
  }
  const order = Array.from(l2sq, (_, row) => row);
  return order.sort((a, b) => l2sq[a]! - l2sq[b]! || a - b).slice(0, MOST_MOVED);
}

/** The group of each photo that is in a pair, named by one of its photos. */
function joined(pairs: readonly (readonly [PhotoId, PhotoId])[]): ReadonlyMap<PhotoId, PhotoId> {
  const groups = new Map<PhotoId, PhotoId>();
  for (const [a, b] of pairs) {
    const [groupA, groupB] = [groups.get(a) ?? a, groups.get(b) ?? b];
    groups.set(a, groupA).set(b, groupB);
    for (const [id, group] of groups) if (group === groupB) groups.set(id, groupA);
  }
  return groups;
}

/** Values by the order of their first occurrence: 0, 1, 2, … */
function numbered(values: readonly number[]): number[] {
  const numbers = new Map<number, number>();
  return values.map((value) => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
}
