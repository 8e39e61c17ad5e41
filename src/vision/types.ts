import type { BackendCandidate, BackendName } from '../base/backends.ts';

export { type BackendCandidate, type BackendName, backendNames } from '../base/backends.ts';

/** The picture formats that Akin reads, told by their first bytes and never by their name. */
export type PictureType = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'heic' | 'bmp' | 'ico';

export interface BackendReport {
  readonly active: BackendName;
  /** All four, in the order of {@link backendNames}. */
  readonly candidates: readonly BackendCandidate[];
}

/** Longest side of what a grid shows of a thumbnail, in pixels. */
export const THUMB_SIDE = 384;
/**
 * A JPEG larger than this on its short side is decoded straight to about this size where faces are
 * looked for, as most photos have sides of 4 to 3.
 */
export const FACE_SHORT_SIDE = 1200;

/** A decoded photo: all that is kept or computed from its pixels. Plain data, no handles. */
export interface Prepared {
  /** Pixels of the original as it is seen, that is after its EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly type: PictureType;
  /** Whether the file lacks its end, of which nothing or little is seen. */
  readonly endMissing: boolean;
  /** CSS color that a picture with transparent parts is seen on; `null` for an opaque one. */
  readonly backdrop: string | null;
  /**
   * Never upscaled; its middle where a grid shows no more: see `thumbCrop`. WebP, or JPEG where the
   * browser cannot write WebP.
   */
  readonly thumb: Blob;
  readonly thumbWidth: number;
  readonly thumbHeight: number;
  /** What each net sees of it, in the order of `PrepareOptions.inputs`. */
  readonly inputs: readonly NetPicture[];
  /** The picture for a search for faces, where it was asked for: to be transferred, or closed. */
  readonly picture: ImageBitmap | null;
  /** Wall time of the decode, of the scaling, and of writing the thumbnail. */
  readonly decodeMs: number;
  readonly scaleMs: number;
  readonly thumbMs: number;
}

/** What a net sees of a photo: `width · height · 4` bytes of RGBA, opaque, sRGB. */
export interface NetPicture {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export type LoadProgress =
  | { readonly stage: 'download'; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly stage: 'probe'; readonly backend: BackendName }
  | { readonly stage: 'compile' }
  | { readonly stage: 'ready' };

/** How alike two unrelated photos look, as fitted: see `calibration.ts`. Plain data. */
export interface CalibrationTable {
  /** Cosines, strictly ascending. */
  readonly cosine: readonly number[];
  /** log10 of the chance that an unrelated pair is at least so alike; 0 or less, descending. */
  readonly log10Chance: readonly number[];
}

/** The likeliest classes of a photo. Plain data. */
export interface TopClasses {
  /** Class ids, the likeliest first. */
  readonly ids: Uint16Array<ArrayBuffer>;
  /** Their probabilities, 0 to 1. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

export interface Embedded {
  /** One unit vector of `d` values a photo, in the order given. */
  readonly vectors: readonly Float32Array<ArrayBuffer>[];
  /** The likeliest classes of each photo; `null` where no net has a classifier that Akin knows. */
  readonly classes: readonly TopClasses[] | null;
  /** Wall time of the nets themselves, and of everything else in the call. */
  readonly netMs: number;
  readonly otherMs: number;
}

export interface Embedder {
  /** Space id: model, fit and dimensions. Vectors of two spaces never mix. */
  readonly space: string;
  readonly d: number;
  readonly backend: BackendReport;
  readonly calibration: CalibrationTable;
  /** Wall time of one warm pass of the nets, on a graphics card; `null` elsewhere. */
  readonly passMs: number | null;
  /** Live tensors of TensorFlow.js; constant between calls. */
  tensors(): number;
  /**
   * @param photos of each, what the model's parts see of it, in their order
   * @throws AkinError `device-lost`, `internal`; `wrong-space` for pictures drawn for another model
   */
  embed(photos: readonly (readonly NetPicture[])[]): Promise<Embedded>;
  dispose(): void;
}
