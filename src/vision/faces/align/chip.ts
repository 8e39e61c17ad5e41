import type { Point } from './geometry.ts';
import type { Similarity } from './similarity.ts';
import { fitSimilarity } from './similarity.ts';

/** Side of the aligned face for the embedder, in pixels. */
export const CHIP_SIDE = 150;

/**
 * Positions of a face's five points on dlib's chip: centres of the left and right eye, tip of the
 * nose, corners of the mouth. The net was trained with this template: with another, its error grows
 * tenfold.
 */
export const chipPoints: readonly Point[] = [
  { x: 47.55, y: 46.6 },
  { x: 100.48, y: 46.6 },
  { x: 74.01, y: 76.56 },
  { x: 50.41, y: 103.02 },
  { x: 97.61, y: 103.02 },
];

/**
 * The map from the picture's pixels to the chip's.
 *
 * @param fivePoints as `readMesh` returns them
 * @returns `null` if they all coincide
 */
export const alignToChip = (fivePoints: readonly Point[]): Similarity | null =>
  fitSimilarity(fivePoints, chipPoints);
