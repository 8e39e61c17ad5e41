import type { PhotoId, TrainSpace } from '../../protocol/index.ts';
import type { Indexes } from '../../store/index.ts';
import { addStored } from './buildIndex.ts';

/** Vectors of some photos. */
export interface PhotoVectors {
  /** (n) ascending */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n × d) */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/**
 * Reads the stored vectors of photos into memory; skips unreadable ones.
 *
 * @param wanted ascending
 * @throws AkinError `aborted` and store errors
 */
export async function readVectors(
  store: Pick<Indexes, 'allVectors'>,
  space: Pick<TrainSpace, 'id' | 'd'>,
  wanted: Uint32Array,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<PhotoVectors> {
  const { d } = space;
  const ids = new Uint32Array(wanted.length);
  const vectors = new Float32Array(wanted.length * d);
  let n = 0;
  await addStored(
    store,
    (some, block) => {
      ids.set(some, n);
      vectors.set(block, n * d);
      n += some.length;
    },
    space,
    wanted,
    signal,
    onShare,
  );
  return { ids: ids.slice(0, n), vectors: vectors.subarray(0, n * d) };
}

/** At most so many photos of a list, at even distances. */
export function evenPart(ids: Uint32Array<ArrayBuffer>, most: number): Uint32Array<ArrayBuffer> {
  if (ids.length <= most) return ids;
  const at = (i: number): PhotoId => ids[Math.floor((i * ids.length) / most)]!;
  return Uint32Array.from({ length: most }, (_, i) => at(i));
}
