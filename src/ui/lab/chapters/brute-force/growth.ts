import type { LabScanTimes } from '../../../../protocol/index.ts';

/** A time of `start` + `perPhoto` × photos, in milliseconds. */
export interface Growth {
  readonly start: number;
  readonly perPhoto: number;
}

/** Fewer photos take too little time to tell how it grows. */
const LEAST_PHOTOS = 100;

/**
 * The line of least squares through measured times. It starts at 0 or above, and is `null` if there
 * are few photos or the times don't grow: a search takes no longer than its start then.
 */
export function growthOf(points: LabScanTimes['points']): Growth | null {
  if ((points.at(-1)?.photos ?? 0) < LEAST_PHOTOS) return null;
  const n = points.length;
  const meanX = points.reduce((sum, { photos }) => sum + photos, 0) / n;
  const meanY = points.reduce((sum, { ms }) => sum + ms, 0) / n;
  let [xy, xx] = [0, 0];
  for (const { photos, ms } of points) {
    xy += (photos - meanX) * (ms - meanY);
    xx += (photos - meanX) ** 2;
  }
  const perPhoto = xy / xx;
  if (!(perPhoto > 0)) return null;
  const start = meanY - perPhoto * meanX;
  if (start >= 0) return { start, perPhoto };
  const through = points.reduce((sum, { photos, ms }) => sum + photos * ms, 0);
  return { start: 0, perPhoto: through / points.reduce((sum, { photos }) => sum + photos ** 2, 0) };
}

/** Numbers of photos that the line is extended to, above those measured. */
export function extensionOf(
  points: LabScanTimes['points'],
  growth: Growth,
): readonly { readonly photos: number; readonly ms: number }[] {
  const most = points.at(-1)!.photos;
  return [1_000, 10_000, 100_000, 1_000_000]
    .filter((photos) => photos > most)
    .map((photos) => ({ photos, ms: growth.start + growth.perPhoto * photos }));
}
