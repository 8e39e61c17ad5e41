import type { Box } from '../base/boxes.ts';
import { dot } from './cosines.ts';
import type { NetReading } from './nets/loadNet.ts';
import { type Projection, vectorOf } from './nets/projection.ts';
import type { NetPicture, PhotoRegions } from './types.ts';

/** Regions kept of a photo, of the windows of its map. */
const REGIONS = 4;
/** How much a window's share of what the photo shows counts beside its unlikeness to the whole. */
const SALIENCE = 0.4;
const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };

/** The part of a photo that the nets see. */
export function viewOf(pictures: readonly NetPicture[]): Box {
  return pictures[0]!.view ?? WHOLE;
}

/**
 * The regions of each photo: the windows that are least like the whole photo and show most, since the
 * whole already finds what fills it. They are chosen by their features, so that only four are
 * projected.
 *
 * @param readings per net, one per photo
 * @param projections one per net
 * @returns `null` if a net has no map
 */
export function regionsOf(
  readings: readonly (readonly NetReading[])[],
  photos: readonly (readonly NetPicture[])[],
  projections: readonly (Projection | null)[],
): PhotoRegions[] | null {
  if (!readings.every((part) => part.every(({ regions }) => regions !== null))) return null;
  return photos.map((pictures, i) => {
    const parts = readings.map((part) => part[i]!);
    const kept = chosen(parts);
    const vectors = kept.map((window) =>
      vectorOf(
        projections,
        parts.map((part) => featuresOf(part, window)),
      ),
    );
    const d = vectors[0]!.length;
    const joined = new Float32Array(REGIONS * d);
    for (const [r, vector] of vectors.entries()) joined.set(vector, r * d);
    return { view: viewOf(pictures), windows: Uint8Array.from(kept), vectors: joined };
  });
}

/** The windows to keep, over all nets, ascending. */
function chosen(parts: readonly NetReading[]): number[] {
  const [first] = parts;
  const count = first!.regions!.length / first!.features.length;
  const windows = Array.from({ length: count }, (_, window) => window);
  const scores = new Float64Array(count);
  for (const part of parts) {
    const lengths = windows.map((window) => lengthOf(featuresOf(part, window)));
    const longest = Math.max(...lengths);
    const whole = lengthOf(part.features);
    for (const window of windows) {
      const length = lengths[window]!;
      // Without features, there is nothing to find.
      if (length === 0 || whole === 0) continue;
      const likeness = dot(featuresOf(part, window), part.features) / (length * whole);
      scores[window]! += 1 - likeness + (SALIENCE * length) / longest;
    }
  }
  return windows
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, REGIONS)
    .sort((a, b) => a - b);
}

/** The features of a window. */
function featuresOf({ regions, features }: NetReading, window: number): Float32Array {
  return regions!.subarray(window * features.length, (window + 1) * features.length);
}

function lengthOf(vector: Float32Array): number {
  return Math.sqrt(dot(vector, vector));
}
