import type { LabAnswer, PhotoId } from '../../../../protocol/index.ts';
import { t } from '../../../text/t.ts';
import { type Neighbor, neighborsOf } from '../../pure/neighbors.ts';

/** A photo by its vector and by its code. */
export interface RankedPhoto {
  readonly id: PhotoId;
  /** Rank by code, from 1 on. */
  readonly rank: number;
  /** Inner product of the vectors. */
  readonly similarity: number;
  /** Inner product with what the code stands for. */
  readonly byCode: number;
  /** Rank among the true nearest; `null` for others. */
  readonly trueRank: number | null;
}

/**
 * The photos that a search by code ranks first.
 *
 * @param answer of a search of many, by codes alone
 * @param similarities of its photos, in order
 */
export function rankedPhotos(
  { ids, scores }: Pick<LabAnswer, 'ids' | 'scores'>,
  similarities: Float32Array,
  truth: Uint32Array,
): readonly RankedPhoto[] {
  const trueRanks = new Map(Array.from(truth, (id, i) => [id, i + 1]));
  return Array.from(ids, (id, i) => ({
    id,
    rank: i + 1,
    similarity: similarities[i]!,
    byCode: scores[i]!,
    trueRank: trueRanks.get(id) ?? null,
  }));
}

/** The true neighbors; those that the codes rank too low with their rank. */
export function neighboursByCode(
  answer: Pick<LabAnswer, 'ids' | 'truth'>,
  ranked: readonly RankedPhoto[],
): readonly Neighbor[] {
  const rankOf = new Map(ranked.map(({ id, rank }) => [id, rank]));
  return neighborsOf(answer, (id) => {
    const rank = rankOf.get(id);
    return rank === undefined
      ? t('lab.pq.rankBeyond', { rank: ranked.length })
      : t('lab.pq.rankByCode', { rank });
  });
}
