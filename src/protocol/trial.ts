import type { ErrorCode } from '../base/errors.ts';
import type { BackendName } from './backends.ts';
import type { SearchHit } from './library.ts';
import type { PhotoId } from './photo.ts';

/** One of the files that a person has dropped or chosen; its name may begin with folders. */
export interface TrialFile {
  readonly name: string;
  readonly file: Blob;
}

export type ModelAspect = 'keep' | 'crop' | 'squash';
export type ModelPooling = 'mean' | 'central-square' | 'none';
export type ModelRange = 'minus-one-to-one' | 'zero-to-one' | 'bytes' | 'standardized';

/** What a value of the input is, of a byte of the picture: `(byte - subtract) / divide`. */
export const MODEL_RANGES: Readonly<
  Record<ModelRange, { readonly subtract: number; readonly divide: number }>
> = {
  'minus-one-to-one': { subtract: 127.5, divide: 127.5 },
  'zero-to-one': { subtract: 0, divide: 255 },
  /** 0 to 255: also for models that scale their input themselves. */
  bytes: { subtract: 0, divide: 1 },
  /** Mean 0, deviation 1 over ImageNet: about -2 to 2.2, one mean and deviation for all channels. */
  standardized: { subtract: 114.5, divide: 57.5 },
};

/** Pixels that the short side of a model's input has at least and at most. */
export const MODEL_SIDES = { least: 16, most: 1024 } as const;

/** The limits that a model must keep to be brought: bytes of weights, dimensions of its vector. */
export const MODEL_LIMITS = { bytes: 200 * 2 ** 20, dims: 4096 } as const;

/** The picture that a model takes. */
export interface ModelInput {
  readonly name: string;
  /** As the model says it; `null` where any length will do. Four of them. */
  readonly shape: readonly (number | null)[];
  /** By where the three channels are. */
  readonly layout: 'nhwc' | 'nchw';
  /** Pixels of both sides; `null` where the model takes any, and the side can be chosen. */
  readonly side: number | null;
}

/** An output of the model, usable or not. */
export interface ModelOutput {
  readonly name: string;
  /** For one picture, batch first, found by running the model; `null` where it was not run. */
  readonly shape: readonly number[] | null;
  /** Why it can't be used as a tap; `null` where it can, and is among the taps. */
  readonly problem: { readonly code: ErrorCode; readonly message: string } | null;
}

/** A place in the model where a photo's vector can be read. */
export interface ModelTap {
  readonly name: string;
  /**
   * For one picture, batch first, found by running the model at the guessed side: `[1, dims]`, or
   * `[1, height, width, dims]` (`[1, dims, height, width]` where the input is so).
   */
  readonly shape: readonly number[];
  /** Values of the vector, after pooling where it is a map. */
  readonly dims: number;
  /** A `map` has to be pooled, by `mean` or `central-square`; a `vector` is taken as it is: `none`. */
  readonly kind: 'map' | 'vector';
  /** Whether it is one of the model's outputs, and not an inner layer. */
  readonly isOutput: boolean;
}

/** How the model is to be used: what the person decides. */
export interface ModelChoices {
  /** The model's own where it has one; else `MODEL_SIDES.least` to `MODEL_SIDES.most`. */
  readonly side: number;
  /** `keep` only where the model takes any side: its long side then is up to 16/9 of the short one. */
  readonly aspect: ModelAspect;
  readonly range: ModelRange;
  readonly channels: 'rgb' | 'bgr';
  /** Name of one of the taps. */
  readonly tap: string;
  readonly pooling: ModelPooling;
}

/** What there is to know of a model that was read and runs. */
export interface ModelFacts {
  readonly format: 'graph-model' | 'layers-model';
  /** Of the folder or file: a first guess that the person may change. Never empty. */
  readonly title: string;
  /** Of `model.json` and the weights. */
  readonly bytes: number;
  /** Numbers that the model consists of. */
  readonly parameters: number;
  readonly input: ModelInput;
  readonly outputs: readonly ModelOutput[];
  /** From the last layer to the first; at least one, at most a few dozen. */
  readonly taps: readonly ModelTap[];
  /** What Akin would choose: its `tap` is the recommended one. */
  readonly guess: ModelChoices;
  /** The aspects that can be chosen, the recommended one first. */
  readonly aspects: readonly ModelAspect[];
  /** Names of dropped files that don't belong to the model; they do no harm. */
  readonly ignored: readonly string[];
}

/** One photo of the sample, and what is nearest to it. */
export interface TrialQuery {
  readonly photoId: PhotoId;
  /** Of the sample, by the model that is chosen now: best first, ties by id. */
  readonly current: readonly SearchHit[];
  /** The same number of them, of the same sample, by the model that is tried. */
  readonly tried: readonly SearchHit[];
}

/** Odds of a space: cosines ascend, chances (as log10, 0 or less) fall. */
export interface TrialCalibration {
  readonly cosine: readonly number[];
  readonly log10Chance: readonly number[];
}

export interface TrialReport {
  readonly dims: number;
  readonly backend: BackendName;
  /** Photos that were seen; 0 in an empty library. */
  readonly photos: number;
  /** Photos of the sample that could not be read: nothing the model can help. */
  readonly unreadable: number;
  /**
   * Wall milliseconds a photo in the model, alone on the backend: the median. From the check
   * pictures where there are no photos.
   */
  readonly msPerPhoto: number;
  /** Photos that would move to the model, those in the bin included, and about how long that takes. */
  readonly photosToMove: number;
  readonly secondsToMove: number;
  /** Ten, or as many as there are photos to ask with (none below 3 photos), spread over the sample. */
  readonly queries: readonly TrialQuery[];
  /**
   * Share of the nearest photos that both models agree on, 0 to 1, over all queries; `null` where
   * there are none.
   */
  readonly agreement: number | null;
  readonly calibration: TrialCalibration;
  /** What the odds are from: pairs of the user's photos, or of the check pictures where those are few. */
  readonly calibratedOn: 'photos' | 'pictures';
}

/** What the worker does right now. */
export type TrialStage = 'reading' | 'loading' | 'checking' | 'photos' | 'comparing' | 'saving';

export interface TrialProgress {
  readonly stage: TrialStage;
  /** In bytes while reading, else in steps of the stage: layers, pictures, photos. */
  readonly done: number;
  /** 0 where nobody knows. */
  readonly total: number;
}

/**
 * What the `trial` worker answers to the page: one model a worker, which a hostile model may kill
 * (`worker-died`). All calls but `configure` can be stopped (`aborted`), and leave the worker as it
 * was.
 *
 * Codes of models, beside `backend-unavailable`, `out-of-memory` and those of the store:
 *
 * - `model-unreadable`: no `model.json` among the files, or none that describes a TF.js model
 * - `model-incomplete`: files of weights that `model.json` names are not there
 * - `model-wrong-weights`: shorter or longer than described, or of an unknown kind
 * - `model-too-large`: over `MODEL_LIMITS.bytes` of weights
 * - `model-unknown-op`: operations or layers that TF.js doesn't have; the message names them
 * - `model-wrong-input`: not one color picture, square or of any size
 * - `model-no-output`: no map and no vector to read
 * - `model-too-many-dims`: only vectors of over `MODEL_LIMITS.dims` values, or such a tap chosen
 * - `model-not-finite`: answers with values that aren't numbers
 * - `model-same-answer`: answers the same for every picture
 * - `model-failed`: TF.js couldn't build or run it for another reason; the message tells it
 */
export interface TrialContract {
  /**
   * First of all calls. `news`: a port that receives `TrialProgress`; `database`: for tests, `null`
   * for the library.
   */
  configure(modelsUrl: string, news: MessagePort, database: string | null): void;
  /** Replaces the model that was read before. */
  readModel(files: readonly TrialFile[]): ModelFacts;
  /**
   * Runs the check pass, then the model over a sample of the library. Needs `readModel`.
   *
   * @param options.photos of the sample at most, 0 to 1,000; 0 runs the check pass alone
   */
  tryModel(choices: ModelChoices, options: { readonly photos: number }): TrialReport;
  /**
   * Stores the model as it was last tried, for good. Photos are seen with it only once it is chosen:
   * see `ModelsContract`. One that is stored already gets the new title.
   *
   * Rejects with `invalid-argument` before a trial that succeeded or for an empty title, and with
   * `quota-exceeded`.
   */
  keepModel(title: string): { readonly id: string };
}
