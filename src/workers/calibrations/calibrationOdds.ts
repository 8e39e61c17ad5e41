import type { PhotoId } from '../../protocol/index.ts';
import type { Indexes } from '../../store/index.ts';
import { oneIn } from '../../vision/calibration.ts';
import { pairCosines } from '../../vision/cosines.ts';
import { matchOdds } from '../../vision/matchOdds.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import type { SearchedSpace } from '../models/model.ts';

/** Photos whose pairs the odds are fitted to: 44,850 pairs. */
const SAMPLE = 300;
/** Pairs below which odds would be a guess: those of the base space are used. */
const LEAST_PAIRS = 10;

/**
 * Odds for the cosines of a calibration's space: the r-th most similar pair of a sample gets the odds
 * of the r-th most similar pair in the base space.
 *
 * @param ids of all photos, ascending
 */
export async function calibrationOdds(
  indexes: Pick<Indexes, 'vectors'>,
  base: SearchedSpace,
  taught: { readonly id: string; readonly d: number },
  ids: readonly PhotoId[],
): Promise<CalibrationTable> {
  const sample = Array.from({ length: Math.min(SAMPLE, ids.length) }, (_, i) => {
    return ids[Math.floor((i * ids.length) / Math.min(SAMPLE, ids.length))]!;
  });
  const extended = await indexes.vectors(taught, sample);
  // The same photos in both, though one may have become unreadable.
  const plain = await indexes.vectors(base, extended.ids);
  const [before, after] = [rowsOf(plain, base.d), rowsOf(extended, taught.d)];
  const chances = pairCosines(before).map((cosine) => -Math.log10(oneIn(base.calibration, cosine)));
  const cosines = pairCosines(after);
  if (chances.length !== cosines.length || cosines.length < LEAST_PAIRS) return base.calibration;
  return matchOdds(cosines, chances);
}

function rowsOf({ vectors }: { readonly vectors: Float32Array }, d: number): Float32Array[] {
  return Array.from({ length: vectors.length / d }, (_, i) => vectors.subarray(i * d, (i + 1) * d));
}
