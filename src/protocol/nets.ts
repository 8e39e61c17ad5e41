import type { Box } from '../base/boxes.ts';
import type { BackendName, BackendReport, EngineStatus } from './backends.ts';
import type { FaceBox, FaceInfo } from './faces.ts';
import type { LayerMaps, PairHeat } from './photo.ts';

/** One model input for one photo: see `vision/types.ts`. RGBA, opaque, sRGB. */
export interface NetInput {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** The part of the photo it shows, in fractions of the photo. */
  readonly view?: Box;
}

/** Vectors of parts of a photo: `PhotoRegions` of `vision/types.ts`. */
export interface NetRegions {
  readonly view: Box;
  /** Which four of nine windows they are. */
  readonly windows: Uint8Array<ArrayBuffer>;
  /** (4 × d) unit vectors. */
  readonly vectors: Float32Array<ArrayBuffer>;
}

/**
 * The model to load, as known to the store or the app: the `ModelSource` of `vision/nets/model.ts`,
 * which the inference worker validates itself.
 */
export type NetsModel =
  | { readonly kind: 'built-in'; readonly id: string }
  | {
      readonly kind: 'user';
      readonly id: string;
      readonly spaceId: string;
      /** A `NetSpec` and a `CalibrationTable`, unvalidated. */
      readonly spec: unknown;
      readonly calibration: unknown;
      readonly files: Readonly<Record<string, ArrayBuffer>>;
    };

/** The most likely classes of one photo. */
export interface NetClasses {
  /** Five class ids, most likely first. */
  readonly ids: Uint16Array<ArrayBuffer>;
  /** Their probabilities, in [0, 1]. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

export interface NetOutput {
  readonly spaceId: string;
  /** One unit vector per photo, in input order. Transferred. */
  readonly vectors: readonly Float32Array<ArrayBuffer>[];
  /** One per photo, transferred; `null` or absent if a net has no feature map. */
  readonly regions?: readonly NetRegions[] | null;
  /** One per photo; `null` if no net has a classifier Akin knows. */
  readonly classes: readonly NetClasses[] | null;
  /** Wall milliseconds in the nets, and in the rest of the call. */
  readonly netMs: number;
  readonly otherMs: number;
  /** The part of `otherMs` spent on regions. */
  readonly regionsMs?: number;
  /** Status after this call, so asking for it need not wait for the next batch. */
  readonly status: EngineStatus;
}

/** Which parts make a result similar to the most similar of some examples. */
export interface ExplainOutput extends PairHeat {
  readonly spaceId: string;
  readonly status: EngineStatus;
}

export interface LayersOutput extends LayerMaps {
  readonly status: EngineStatus;
}

/** A detected face, before its photo is known. */
export interface NetFace extends Omit<FaceInfo, 'id' | 'photoId' | 'faceId' | 'spaceId' | 'drawn'> {
  readonly vector: Float32Array<ArrayBuffer>;
  /** Aligned face crop, 150 × 150 pixels, WebP. */
  readonly chip: ArrayBuffer;
}

export interface FacesOutput {
  readonly spaceId: string;
  /** Version of the face nets; changes when any of them does. */
  readonly version: string;
  /** Most confident first. Their vectors and crops are transferred. */
  readonly faces: readonly NetFace[];
  /** Number of faces beyond the limit per picture. */
  readonly leftOut: number;
  /** Wall milliseconds per stage. */
  readonly msByStage: Readonly<Record<string, number>>;
  readonly status: EngineStatus;
}

export interface NetsReport extends BackendReport {
  readonly status: EngineStatus;
  /** Wall milliseconds of one warm forward pass on a GPU; `null` elsewhere, and if it is a slow one. */
  readonly passMs: number | null;
}

/**
 * Inference, served by the `inference` worker to the `import` worker: pixels in, vectors out. Runs
 * in its own worker because WASM computes without yielding and would block whatever shares its
 * thread.
 */
export interface NetsContract {
  /**
   * Must be called first. `loaded`: a port that receives the loading progress as numbers in [0, 1].
   */
  configure(
    modelsUrl: string,
    choice: BackendName | 'auto',
    model: NetsModel,
    loaded: MessagePort,
  ): void;
  /** @param photos per photo, the inputs of the model's parts, in their order */
  embed(photos: readonly (readonly NetInput[])[]): NetOutput;
  /**
   * Compares a result with examples, each as in `embed`; `box` is the part of the result that
   * matches. Rejects with `no-feature-map` if a net gives one vector per picture.
   */
  explain(
    examples: readonly (readonly NetInput[])[],
    result: readonly NetInput[],
    box: Box | null,
  ): ExplainOutput;
  /**
   * What layers of the first net respond to in a photo. Rejects with `no-feature-map` if they aren't
   * known.
   */
  layers(picture: readonly NetInput[]): LayersOutput;
  /** Detects the faces of a picture, which is transferred. Loads the face nets on first use. */
  faces(picture: ImageBitmap): FacesOutput;
  /** Describes the face in a hand-drawn box. The picture is transferred. */
  drawnFace(picture: ImageBitmap, box: FaceBox): FacesOutput;
  /**
   * Unloads the face nets, whose cached files were deleted. The next face loads them again through
   * the service worker, which caches them again.
   */
  forgetFaces(): void;
  /** Loads what isn't loaded yet; reports which backend is in use and why. */
  report(): NetsReport;
  choose(choice: BackendName | 'auto'): NetsReport;
}
