import type { PhotoId } from './photo.ts';

/**
 * A face's key in the library: an integer from 2 ** 31 to below 2 ** 32, never used twice and never
 * a photo's. What lasts is its `faceId`; a face that gets another vector gets another number.
 */
export type FaceKey = number;

/** A rectangle in shares of a photo's width and height; `x`, `y` is its upper left corner. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A place in shares of a photo's width and height; may lie a little outside. */
export interface FacePoint {
  readonly x: number;
  readonly y: number;
}

/** How a head is turned, in degrees. All 0: upright, and looking into the camera. */
export interface FacePose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** All that is known of a face besides its pixels and its vector. */
export interface FaceInfo {
  readonly id: FaceKey;
  readonly photoId: PhotoId;
  /** Its name for good, under which people are remembered: at most 100 characters. */
  readonly faceId: string;
  readonly box: FaceBox;
  /** Eyes, tip of the nose, corners of the mouth; the picture's left one first. */
  readonly points: readonly FacePoint[];
  /** The detector's score, in [0, 1]. */
  readonly score: number;
  /** Certainty that it is a face at all, in [0, 1]. */
  readonly flag: number;
  /** Longer side in pixels of the picture that was looked at. */
  readonly sizePx: number;
  /** Variance of the Laplacian of the aligned face: small is blurred. */
  readonly blur: number;
  readonly pose: FacePose;
  /** Whether it may found a group of its own (`good`), or only be suggested (`unsure`). */
  readonly quality: 'good' | 'unsure';
  /** The space of its newest vector. */
  readonly spaceId: string;
  /** Drawn by hand: a search for faces that misses it leaves it where it is. */
  readonly drawn?: true;
}

/**
 * The faces of the gallery in columns, ascending numbers: small enough to cross to the page whole
 * at 100,000 faces. The arrays can be transferred.
 */
export interface FaceList {
  /** (n) */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n) the photo of each. */
  readonly photoIds: Uint32Array<ArrayBuffer>;
  /** (n) */
  readonly faceIds: readonly string[];
  /** (n) 1 for quality `good`, 0 for `unsure`. */
  readonly good: Uint8Array<ArrayBuffer>;
  /** (n) longer side in pixels of the picture that was looked at. */
  readonly sizePx: Float32Array<ArrayBuffer>;
}
