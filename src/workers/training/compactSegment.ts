import { isExact, type Kernels, loadIndex, savedSpec } from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import type { BuiltIndex, CompactJob } from '../../protocol/index.ts';
import type { Indexes, VectorFiles } from '../../store/index.ts';
import { addStored, type BuildControl } from './buildIndex.ts';
import { ExactCopy } from './exactCopy.ts';

/** Source of a segment, and storage for the exact vectors beside it. */
export interface CompactStore {
  readonly indexes: Pick<Indexes, 'segment' | 'allVectors'>;
  readonly vectorFiles: Pick<VectorFiles, 'create'>;
}

/**
 * Rewrites a trained segment without some of its rows. Keeps what was learned, so it takes as long
 * as reading the vectors and not as training. Rewrites the file of exact vectors from the stored
 * ones.
 *
 * @throws AkinError `not-found` if there is no such segment (any more), `aborted`, `out-of-memory`,
 *   errors of a damaged container, and store errors
 */
export async function compactSegment(
  { indexes, vectorFiles }: CompactStore,
  kernels: Kernels,
  { space, segment, purged }: CompactJob,
  { signal, onProgress }: Omit<BuildControl, 'pool'>,
): Promise<BuiltIndex> {
  const blob = await indexes.segment(segment);
  if (!blob) throw new AkinError('not-found', `There is no segment ${segment}.`);
  const index = loadIndex(kernels, blob, { spaceId: space.id, metric: space.metric, d: space.d });
  const copy = isExact(savedSpec(blob)) ? null : await ExactCopy.begin(vectorFiles, space);
  try {
    for (const id of purged) index.remove(id);
    if (copy) {
      await addStored(
        indexes,
        (ids, vectors) => copy.add(ids, vectors),
        space,
        index.liveIds(),
        signal,
        (share) => onProgress({ stage: 'purging', share }),
      );
    }
    const container = index.serialize();
    return {
      container,
      vectorFile: copy?.finish() ?? null,
      unreadable: [],
      warnings: copy?.warning ? [copy.warning] : [],
    };
  } finally {
    copy?.end();
    index.dispose();
  }
}
