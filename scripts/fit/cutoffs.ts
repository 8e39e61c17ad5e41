import { dot } from '../../src/vision/cosines.ts';

/** Fraction of copies that must count as copies. */
const COPIES = 0.95;
/** Precision required of the nearest photos that count as look-alikes. */
const RIGHT = 0.9;

/** The cosine that all but a few copies of a picture reach. */
export function copyCutoff(cosines: readonly number[]): number {
  const sorted = [...cosines].sort((a, b) => a - b);
  return sorted[Math.floor((1 - COPIES) * sorted.length)]!;
}

/** A photo's nearest neighbor, and whether it shows the same. */
export interface Hit {
  readonly cosine: number;
  readonly right: boolean;
}

/** @param labels class of each vector */
export function nearestOf(vectors: readonly Float32Array[], labels: readonly string[]): Hit[] {
  return vectors.map((vector, query) => {
    let best = -2;
    let nearest = query;
    for (const [i, other] of vectors.entries()) {
      const cosine = i === query ? -2 : dot(vector, other);
      if (cosine > best) {
        best = cosine;
        nearest = i;
      }
    }
    return { cosine: best, right: labels[nearest] === labels[query] };
  });
}

/** The smallest cosine above which the nearest photos are right nine times out of ten. */
export function lookAlikeCutoff(hits: readonly Hit[]): number {
  let cutoff = 1;
  let right = 0;
  for (const [i, hit] of [...hits].sort((a, b) => b.cosine - a.cosine).entries()) {
    right += Number(hit.right);
    if (right >= RIGHT * (i + 1)) cutoff = hit.cosine;
  }
  return cutoff;
}

/** Precision and recall of hits at or above a cosine. */
export function precisionAbove(
  hits: readonly Hit[],
  cutoff: number,
): { precision: number; share: number } {
  const kept = hits.filter(({ cosine }) => cosine >= cutoff);
  const right = kept.filter((hit) => hit.right).length;
  return { precision: right / kept.length, share: kept.length / hits.length };
}
