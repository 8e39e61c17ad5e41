import type { LabCentroids, LabCentroidsRow } from '../../../../protocol/index.ts';

/** The fewest centroids of a kind that reach the recall aimed at, and those with the best recall. */
export function neededBy(
  { rows, aim }: Pick<LabCentroids, 'rows' | 'aim'>,
  kind: LabCentroidsRow['kind'],
): { readonly enough: LabCentroidsRow | null; readonly best: LabCentroidsRow } {
  const own = rows.filter((row) => row.kind === kind);
  const enough = own
    .filter(({ recall }) => recall >= aim)
    .sort((a, b) => a.centroids - b.centroids)[0];
  const best = own.reduce((a, b) => (b.recall > a.recall ? b : a));
  return { enough: enough ?? null, best };
}
