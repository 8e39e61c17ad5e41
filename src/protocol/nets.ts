import type { BackendName, BackendReport, EngineStatus } from './backends.ts';
import type { FaceBox, FaceInfo } from './faces.ts';

/** What a net sees of one photo: see `vision/types.ts`. RGBA, opaque, sRGB. */
export interface NetInput {
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/**
 * The model that nets belong to, as the store or the app knows it: `ModelSource` in
 * `vision/nets/model.ts`, whose parts the nets' worker checks itself.
 */
export type NetsModel =
  | { readonly kind: 'built-in'; readonly id: string }
  | {
      readonly kind: 'user';
      readonly id: string;
      readonly spaceId: string;
      /** A `NetSpec`, and a `CalibrationTable`. */
      readonly spec: unknown;
      readonly calibration: unknown;
      readonly files: Readonly<Record<string, ArrayBuffer>>;
    };

/** The likeliest classes of one photo. */
export interface NetClasses {
  /** Five class ids, the likeliest first. */
  readonly ids: Uint16Array<ArrayBuffer>;
  /** Their probabilities, 0 to 1. */
  readonly probabilities: Float32Array<ArrayBuffer>;
}

export interface NetOutput {
  readonly spaceId: string;
  /** One unit vector a photo, in the order given. Transferred. */
  readonly vectors: readonly Float32Array<ArrayBuffer>[];
  /** One for each photo; `null` where no net has a classifier that Akin knows. */
  readonly classes: readonly NetClasses[] | null;
  /** Wall milliseconds in the nets, and in the rest of the call. */
  readonly netMs: number;
  readonly otherMs: number;
  /** As it is after this call, so that asking for it need not wait for the next. */
  readonly status: EngineStatus;
}

/** A face of a picture, before it is known in which photo it is. */
export interface NetFace extends Omit<FaceInfo, 'id' | 'photoId' | 'faceId' | 'spaceId' | 'drawn'> {
  readonly vector: Float32Array<ArrayBuffer>;
  /** The face, cut out and levelled, 150 × 150 pixels, WebP. */
  readonly chip: ArrayBuffer;
}

export interface FacesOutput {
  readonly spaceId: string;
  /** Of the nets that looked: changes when any of them does. */
  readonly version: string;
  /** The surest first. Their vectors and chips are transferred. */
  readonly faces: readonly NetFace[];
  /** Faces beyond the most that are kept of one picture. */
  readonly leftOut: number;
  /** Wall milliseconds of each stage. */
  readonly msByStage: Readonly<Record<string, number>>;
  readonly status: EngineStatus;
}

export interface NetsReport extends BackendReport {
  readonly status: EngineStatus;
  /** Wall milliseconds of one warm pass of the nets, on a graphics card; `null` elsewhere. */
  readonly passMs: number | null;
}

/**
 * What the `inference` worker answers to the `import` worker: pixels in, vectors out. It is a worker of
 * its own because WASM computes without a pause: whoever shares its thread stops being responsive.
 */
export interface NetsContract {
  /** First of all calls. `loaded`: a port that receives the share loaded, 0 to 1, as numbers. */
  configure(
    modelsUrl: string,
    choice: BackendName | 'auto',
    model: NetsModel,
    loaded: MessagePort,
  ): void;
  /** @param photos of each, what the parts of the model see of it, in their order */
  embed(photos: readonly (readonly NetInput[])[]): NetOutput;
  /** Finds the faces of a picture, which is transferred. Their nets are loaded at the first call. */
  faces(picture: ImageBitmap): FacesOutput;
  /** Describes the face in a box that a person drew. The picture is transferred. */
  drawnFace(picture: ImageBitmap, box: FaceBox): FacesOutput;
  /**
   * Lets the nets of faces go: what is kept of them on disk is gone too. The next face loads them anew,
   * through the service worker, which keeps them again.
   */
  forgetFaces(): void;
  /** Loads what is not loaded, and says which backend runs and why. */
  report(): NetsReport;
  choose(choice: BackendName | 'auto'): NetsReport;
}
