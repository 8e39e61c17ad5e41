import { dot } from './evaluate.ts';

/** Share of the copies that must count as such. */
const COPIES = 0.95;
/** Share of the nearest photos, among those that count as look-alikes, that must show the same thing. */
const RIGHT = 0.9;
/** Nearest photos of each that are looked at. */
const NEAREST = 5;

/** The cosine that all but a few copies of a picture have with it. */
export function copyCutoff(cosines: readonly number[]): number {
  const sorted = [...cosines].sort((a, b) => a - b);
  return sorted[Math.floor((1 - COPIES) * sorted.length)]!;
}

interface Hit {
  readonly cosine: number;
  readonly right: boolean;
}

/** The nearest photos of every photo, and whether they are of its class. */
function nearestOf(vectors: readonly Float32Array[], labels: readonly string[]): Hit[] {
  return vectors.flatMap((vector, query) =>
    vectors
      .map((other, i) => ({ cosine: dot(vector, other), right: labels[i] === labels[query], i }))
      .filter(({ i }) => i !== query)
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, NEAREST),
  );
}

/**
 * The least cosine from which on the nearest photos are right nine times out of ten.
 *
 * @param labels class of each vector
 */
export function lookAlikeCutoff(
  vectors: readonly Float32Array[],
  labels: readonly string[],
): number {
  const hits = nearestOf(vectors, labels).sort((a, b) => b.cosine - a.cosine);
  let cutoff = 1;
  let right = 0;
  for (const [i, hit] of hits.entries()) {
    right += Number(hit.right);
    if (right >= RIGHT * (i + 1)) cutoff = hit.cosine;
  }
  return cutoff;
}

/** Share of hits at or above a cosine that are right, and how many there are. */
export function precisionAbove(
  vectors: readonly Float32Array[],
  labels: readonly string[],
  cutoff: number,
): { precision: number; share: number } {
  const hits = nearestOf(vectors, labels);
  const kept = hits.filter(({ cosine }) => cosine >= cutoff);
  const right = kept.filter((hit) => hit.right).length;
  return { precision: right / kept.length, share: kept.length / hits.length };
}
