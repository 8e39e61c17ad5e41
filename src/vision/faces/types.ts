import type { Box } from '../../base/boxes.ts';
import type { Point } from './align/geometry.ts';
import type { Pose } from './detect/mesh.ts';

/** Whether a face may start a cluster (`good`), or only be suggested (`unsure`). */
export type FaceQuality = 'good' | 'unsure';

/** A face in a photo. Plain data. */
export interface Face {
  /** Fractions of the photo's width and height, within the photo. */
  readonly box: Box;
  /**
   * Centre of the eye on the picture's left, of that on its right, tip of the nose, corners of the
   * mouth; fractions of width and height. "Left" is as seen upright. May lie slightly outside.
   */
  readonly points: readonly Point[];
  /** The detector's score, in [0, 1]. */
  readonly score: number;
  /** The mesh net's confidence that this is a face, in [0, 1]. */
  readonly flag: number;
  /** Longer side of the detector's box, in pixels of the scanned picture. */
  readonly sizePx: number;
  /** Variance of the Laplacian of the aligned face, in squared grey levels: small is blurred. */
  readonly blur: number;
  readonly pose: Pose;
  readonly quality: FaceQuality;
  /** 128 values. Same person: L2 distance of at most {@link SAME_PERSON_L2}. */
  readonly vector: Float32Array<ArrayBuffer>;
  /** The cropped and aligned face passed to the embedder: RGBA, 150 × 150. */
  readonly chip: Uint8ClampedArray<ArrayBuffer>;
}

/** Wall time per stage of one picture, including drawing. */
export interface FaceTimes {
  readonly detectMs: number;
  readonly tilesMs: number;
  readonly checkMs: number;
  readonly alignMs: number;
  readonly embedMs: number;
}

export interface FoundFaces {
  /** Highest score first. */
  readonly faces: readonly Face[];
  /** Number of faces dropped beyond {@link MAX_FACES}. */
  readonly leftOut: number;
  readonly ms: FaceTimes;
}

/** Maximum faces stored per picture. */
export const MAX_FACES = 60;

/** Maximum L2 distance at which two faces count as the same person. */
export const SAME_PERSON_L2 = 0.55;
/** Up to this distance they may be the same person: ask. */
export const MAYBE_SAME_PERSON_L2 = 0.6;
