import type {
  IndexStructure,
  LabAnswer,
  LabSample,
  PhotoId,
  TraceStep,
} from '../../../../protocol/index.ts';
import { t } from '../../../text/t.ts';
import { type Neighbor, neighborsOf } from '../../pure/neighbors.ts';

type HashStructure = NonNullable<IndexStructure['hashes']>;

/** One hash table on the plane. */
export interface BucketsOnPlane {
  readonly hashes: HashStructure;
  /** Photos by the key of their bucket. */
  readonly buckets: ReadonlyMap<number, readonly PhotoId[]>;
  readonly keyOf: ReadonlyMap<PhotoId, number>;
  /** Buckets that the search opened, in order: their keys and flipped bits. */
  readonly opened: ReadonlyMap<number, readonly number[]>;
  /** All other photos were compared too, because the buckets held too few. */
  readonly isRestOpen: boolean;
}

/** The only table of an index with at most 8 bits, and what a search of it opened. */
export function bucketsOf(
  { ids, hashes }: IndexStructure,
  trace: readonly TraceStep[],
): BucketsOnPlane {
  const buckets = new Map<number, PhotoId[]>();
  const keyOf = new Map<PhotoId, number>();
  ids.forEach((id, row) => {
    const key = hashes!.codes[row]!;
    keyOf.set(id, key);
    const bucket = buckets.get(key);
    if (bucket) bucket.push(id);
    else buckets.set(key, [id]);
  });
  const opened = new Map<number, readonly number[]>();
  for (const step of trace) if (step.step === 'bucket') opened.set(step.key, step.flipped);
  const isRestOpen = trace.some(({ step }) => step === 'rest');
  return { hashes: hashes!, buckets, keyOf, opened, isRestOpen };
}

/** The true neighbors; those missed with the number of lines between them and the photo. */
export function neighboursByBucket(
  { keyOf }: BucketsOnPlane,
  answer: Pick<LabAnswer, 'ids' | 'truth'>,
  photo: PhotoId,
): readonly Neighbor[] {
  const own = keyOf.get(photo)!;
  return neighborsOf(answer, (id) =>
    t('lab.hashing.across', { count: bitsIn(own ^ keyOf.get(id)!) }),
  );
}

/** How many photos lie at each Hamming distance from a photo, and where its neighbors are. */
export interface CodeDistances {
  readonly bits: number;
  /** (bits + 1) photos by the number of bits that differ. */
  readonly counts: readonly number[];
  /** The true neighbors with their distances, the nearest first. */
  readonly neighbours: readonly { readonly id: PhotoId; readonly distance: number }[];
  /** Photos whose code is no farther than that of the last neighbor, without the neighbors. */
  readonly collisions: number;
}

/** Compares the code of a photo with all others. */
export function codeDistances(
  { ids }: LabSample,
  structure: IndexStructure,
  photo: PhotoId,
  truth: ArrayLike<PhotoId>,
): CodeDistances {
  const { tables, bits, codes } = structure.hashes!;
  const bytes = tables * Math.ceil(bits / 8);
  const rowOf = new Map(Array.from(structure.ids, (id, row) => [id, row]));
  const codeOf = (id: PhotoId) => {
    const row = rowOf.get(id)!;
    return codes.subarray(row * bytes, (row + 1) * bytes);
  };
  const own = codeOf(photo);
  const distanceOf = (id: PhotoId) =>
    codeOf(id).reduce((sum, byte, i) => sum + bitsIn(byte ^ own[i]!), 0);
  const counts = new Array<number>(tables * bits + 1).fill(0);
  for (const id of ids) if (id !== photo) counts[distanceOf(id)]!++;
  const neighbours = Array.from(truth, (id) => ({ id, distance: distanceOf(id) }));
  const farthest = Math.max(...neighbours.map(({ distance }) => distance));
  const within = counts.slice(0, farthest + 1).reduce((sum, count) => sum + count, 0);
  return { bits: tables * bits, counts, neighbours, collisions: within - neighbours.length };
}

export function bitsIn(number: number): number {
  let count = 0;
  for (let left = number; left !== 0; left &= left - 1) count++;
  return count;
}
