import type { BackendCandidate, BackendName } from '../base/backends.ts';
import type { Box } from '../base/boxes.ts';
import type { ColorDescriptor } from '../base/colors/descriptor.ts';

export { type BackendCandidate, type BackendName, backendNames } from '../base/backends.ts';

/** Supported picture formats, identified by their first bytes and never by name. */
export type PictureType = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'heic' | 'bmp' | 'ico';

export interface BackendReport {
  readonly active: BackendName;
  /** All four, in the order of {@link backendNames}. */
  readonly candidates: readonly BackendCandidate[];
}

/** Longest side of the part of a thumbnail shown in a grid, in pixels. */
export const THUMB_SIDE = 384;
/**
 * A JPEG whose short side exceeds this is decoded straight to about this size for face scans, since
 * most photos have an aspect ratio of 4 to 3.
 */
export const FACE_SHORT_SIDE = 1200;

/** Everything stored or computed from a photo's pixels. Plain data, no handles. */
export interface Prepared {
  /** Pixels of the original as seen, after EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly type: PictureType;
  /** Whether the end of the file is missing, with little or no visible effect. */
  readonly endMissing: boolean;
  /** CSS color of the backdrop of a picture with transparent parts; `null` for an opaque one. */
  readonly backdrop: string | null;
  /**
   * Never upscaled; cropped to the middle if a grid shows no more: see `thumbCrop`. WebP, or JPEG
   * if the browser can't write WebP.
   */
  readonly thumb: Blob;
  readonly thumbWidth: number;
  readonly thumbHeight: number;
  /** Of the thumbnail. */
  readonly colors: ColorDescriptor;
  /** The input of each net, in the order of `PrepareOptions.inputs`. */
  readonly inputs: readonly NetPicture[];
  /** The picture for a face scan, if requested: transfer or close it. */
  readonly picture: ImageBitmap | null;
  /** Wall time of the decode, of the scaling, and of writing the thumbnail. */
  readonly decodeMs: number;
  readonly scaleMs: number;
  readonly thumbMs: number;
}

/** A net's view of a photo: `width · height · 4` bytes of RGBA, opaque, sRGB. */
export interface NetPicture {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** The part of the photo it shows, in fractions of the photo; all of it if omitted. */
  readonly view?: Box;
}

/** How much each cell of a picture's feature map contributes to a similarity. Plain data. */
export interface HeatMap {
  readonly height: number;
  readonly width: number;
  /** The part of the picture that the cells divide, in fractions of the picture. */
  readonly view: Box;
  /**
   * (height × width) row by row. Their mean over the cells pooled for a whole picture is its cosine
   * with what it is compared with; below 0, a cell speaks against the similarity.
   */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** Why a result is similar to an example. Plain data. */
export interface Explained {
  /** Index of the most similar example, which is the one compared. */
  readonly example: number;
  readonly cosine: number;
  /** Of that example. */
  readonly query: HeatMap;
  readonly result: HeatMap;
}

/** Vectors of parts of a photo. Plain data. */
export interface PhotoRegions {
  /** The part of the photo that the nets saw, in fractions of the photo. */
  readonly view: Box;
  /** Which four of the nine windows of the feature map they are, ascending: 0 to 8, row by row. */
  readonly windows: Uint8Array<ArrayBuffer>;
  /** (4 × d) unit vectors. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

export type LoadProgress =
  | { readonly stage: 'download'; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly stage: 'probe'; readonly backend: BackendName }
  | { readonly stage: 'compile' }
  | { readonly stage: 'ready' };

/** Fitted odds of similarity between unrelated photos: see `calibration.ts`. Plain data. */
export interface CalibrationTable {
  /** Cosines, strictly ascending. */
  readonly cosine: readonly number[];
  /** log10 of the chance that an unrelated pair is at least this similar; 0 or less, descending. */
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
  /** One unit vector of `d` values per photo, in the given order. */
  readonly vectors: readonly Float32Array<ArrayBuffer>[];
  /** Regions of each photo; `null` if a net has no feature map. */
  readonly regions: readonly PhotoRegions[] | null;
  /** The likeliest classes of each photo; `null` if no net has a known classifier. */
  readonly classes: readonly TopClasses[] | null;
  /** Wall time of the nets themselves, and of everything else in the call. */
  readonly netMs: number;
  readonly otherMs: number;
  /** The part of `otherMs` spent on regions. */
  readonly regionsMs: number;
}

/** How far into a net a layer is. */
export type LayerDepth = 'early' | 'middle' | 'late';

/** Where in a picture a channel of a layer responds. */
export interface ChannelMap {
  /** From 0 on. */
  readonly channel: number;
  /** Standard deviation of the response over the picture. */
  readonly spread: number;
  /** (height × width) row by row: 0 where it responds least, 1 where most. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** What a layer of a net responds to in one picture. */
export interface LayerMap {
  readonly depth: LayerDepth;
  /** Name of its node. */
  readonly name: string;
  readonly height: number;
  readonly width: number;
  /** How many it has. */
  readonly channels: number;
  /** Those that respond most, the first first. */
  readonly maps: readonly ChannelMap[];
}

/** What layers of a net respond to in a picture. */
export interface SeenLayers {
  /** The part of the picture that the net saw, in fractions of it. */
  readonly view: Box;
  /** An early, a middle and a late one. */
  readonly layers: readonly LayerMap[];
}

export interface Embedder {
  /** Space id: model, fit and dimensions. Vectors of different spaces never mix. */
  readonly space: string;
  readonly d: number;
  readonly backend: BackendReport;
  readonly calibration: CalibrationTable;
  /** Wall time of one warm pass of the nets on a GPU; `null` elsewhere, and if it is a slow one. */
  readonly passMs: number | null;
  /** Live tensors of TensorFlow.js; constant between calls. */
  tensors(): number;
  /**
   * @param photos for each, the input of each of the model's parts, in order
   * @throws AkinError `device-lost`, `internal`; `wrong-space` for pictures drawn for another model
   */
  embed(photos: readonly (readonly NetPicture[])[]): Promise<Embedded>;
  /**
   * Which cells make a result similar to the most similar of some examples; each picture is given
   * as for `embed`.
   *
   * @param box the part of the result that matches, in fractions of it; `null` for the whole
   * @throws AkinError as `embed`; `no-feature-map` if a net gives one vector per picture
   */
  explain(
    examples: readonly (readonly NetPicture[])[],
    result: readonly NetPicture[],
    box: Box | null,
  ): Promise<Explained>;
  /**
   * What layers of the first net respond to in a picture, given as for `embed`.
   *
   * @throws AkinError as `embed`; `no-feature-map` if the layers of the net aren't known
   */
  layers(pictures: readonly NetPicture[]): Promise<SeenLayers>;
  dispose(): void;
}
