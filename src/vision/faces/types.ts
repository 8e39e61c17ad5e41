import type { Box } from '../../base/boxes.ts';
import type { Point } from './align/geometry.ts';
import type { Pose } from './detect/mesh.ts';

/** Whether a face may found a group of its own (`good`), or only be suggested (`unsure`). */
export type FaceQuality = 'good' | 'unsure';

/** A face in a photo. Plain data. */
export interface Face {
  /** Shares of the photo's width and height, within the photo. */
  readonly box: Box;
  /**
   * Middle of the eye on the picture's left, of that on its right, tip of the nose, corners of the
   * mouth; shares of width and height. "Left" is as seen upright. May lie a little outside.
   */
  readonly points: readonly Point[];
  /** The detector's score, in [0, 1]. */
  readonly score: number;
  /** The mesh net's certainty that this is a face, in [0, 1]. */
  readonly flag: number;
  /** Longer side of the detector's box in pixels of the picture that was looked at. */
  readonly sizePx: number;
  /** Variance of the Laplacian of the aligned face, in squared grey levels: small is blurred. */
  readonly blur: number;
  readonly pose: Pose;
  readonly quality: FaceQuality;
  /** 128 values. Same person: L2 distance of at most {@link SAME_PERSON_L2}. */
  readonly vector: Float32Array<ArrayBuffer>;
  /** The face cut out and levelled, as the embedder saw it: RGBA, 150 × 150. */
  readonly chip: Uint8ClampedArray<ArrayBuffer>;
}

/** Wall time of one picture's stages, drawing included. */
export interface FaceTimes {
  readonly detectMs: number;
  readonly tilesMs: number;
  readonly checkMs: number;
  readonly alignMs: number;
  readonly embedMs: number;
}

export interface FoundFaces {
  /** The surest first. */
  readonly faces: readonly Face[];
  /** Faces beyond {@link MAX_FACES}, which are left out. */
  readonly leftOut: number;
  readonly ms: FaceTimes;
}

/** Most faces kept of one picture. */
export const MAX_FACES = 60;

/** Greatest L2 distance of two faces that are taken for one person's. */
export const SAME_PERSON_L2 = 0.55;
/** Up to this distance they may be one person's: ask. */
export const MAYBE_SAME_PERSON_L2 = 0.6;
