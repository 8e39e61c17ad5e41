import type { PhotoId } from './photo.ts';

/**
 * A face's key in the library: an integer in [2 ** 31, 2 ** 32), never reused and never a photo's
 * id. A face that gets a new vector gets a new key; its `faceId` is stable.
 */
export type FaceKey = number;

/** A rectangle in fractions of the photo's width and height; `x`, `y` is its top left corner. */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point in fractions of the photo's width and height; may lie slightly outside. */
export interface FacePoint {
  readonly x: number;
  readonly y: number;
}

/** Head pose in degrees. All 0: upright, looking into the camera. */
export interface FacePose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

/** A face's record, without pixels and vector. */
export interface FaceInfo {
  readonly id: FaceKey;
  readonly photoId: PhotoId;
  /** Stable id by which assertions refer to the face: at most 100 characters. */
  readonly faceId: string;
  readonly box: FaceBox;
  /** Eyes, nose tip and mouth corners; the one on the left of the picture first. */
  readonly points: readonly FacePoint[];
  /** Detector score, in [0, 1]. */
  readonly score: number;
  /** Confidence that this is a face at all, in [0, 1]. */
  readonly flag: number;
  /** Longer side in pixels of the scanned picture. */
  readonly sizePx: number;
  /** Variance of the Laplacian of the aligned face; low means blurry. */
  readonly blur: number;
  readonly pose: FacePose;
  /** `good` faces may found a cluster; `unsure` faces are only suggested. */
  readonly quality: 'good' | 'unsure';
  /** Space of its newest vector. */
  readonly spaceId: string;
  /** Drawn by hand: a scan that doesn't detect it leaves it in place. */
  readonly drawn?: true;
}

/**
 * The gallery's faces in columns, keys ascending: small enough to transfer to the page whole at
 * 100,000 faces.
 */
export interface FaceList {
  /** (n) */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n) photo id. */
  readonly photoIds: Uint32Array<ArrayBuffer>;
  /** (n) */
  readonly faceIds: readonly string[];
  /** (n) 1 for quality `good`, 0 for `unsure`. */
  readonly good: Uint8Array<ArrayBuffer>;
  /** (n) longer side in pixels of the scanned picture. */
  readonly sizePx: Float32Array<ArrayBuffer>;
}
