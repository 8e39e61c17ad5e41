import type { Point } from './geometry.ts';
import type { Similarity } from './similarity.ts';
import { fitSimilarity } from './similarity.ts';

/** Side of the aligned face that the embedder sees, in pixels. */
export const CHIP_SIDE = 150;

/**
 * Where the five points of a face lie on dlib's chip: middles of the left and the right eye, tip
 * of the nose, corners of the mouth. The net knows faces in this place only: with another
 * template its error grows tenfold.
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
 * @param fivePoints as `readMesh` gives them
 * @returns `null` where they are all in one place
 */
export const alignToChip = (fivePoints: readonly Point[]): Similarity | null =>
  fitSimilarity(fivePoints, chipPoints);
