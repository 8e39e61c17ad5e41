import type {
  ModelAspect,
  ModelChoices,
  ModelInput,
  ModelOutput,
  ModelTap,
} from '../base/broughtModel.ts';
import type { BackendName } from './backends.ts';
import type { PhotoId, SearchHit } from './photo.ts';

export type {
  ModelAspect,
  ModelChoices,
  ModelInput,
  ModelOutput,
  ModelPooling,
  ModelRange,
  ModelTap,
} from '../base/broughtModel.ts';
export { MODEL_LIMITS, MODEL_RANGES, MODEL_SIDES } from '../base/broughtModel.ts';

/** A file the user dropped or chose; its name may include folders. */
export interface TrialFile {
  readonly name: string;
  readonly file: Blob;
}

/** Facts about a model that was read and runs. */
export interface ModelFacts {
  readonly format: 'graph-model' | 'layers-model';
  /** Name of its folder or file: an editable suggestion. Never empty. */
  readonly title: string;
  /** Size of `model.json` and the weights. */
  readonly bytes: number;
  /** Number of parameters. */
  readonly parameters: number;
  readonly input: ModelInput;
  readonly outputs: readonly ModelOutput[];
  /** From the last layer to the first; at least one, at most a few dozen. */
  readonly taps: readonly ModelTap[];
  /** Akin's defaults: `tap` is the recommended one. */
  readonly guess: ModelChoices;
  /** Available aspects, the recommended one first. */
  readonly aspects: readonly ModelAspect[];
  /** Names of dropped files that don't belong to the model; they are ignored. */
  readonly ignored: readonly string[];
}

/** A sample photo and its nearest neighbors. */
export interface TrialQuery {
  readonly photoId: PhotoId;
  /** Results within the sample by the model in use: best first, ties by id. */
  readonly current: readonly SearchHit[];
  /** As many results within the same sample by the model on trial. */
  readonly tried: readonly SearchHit[];
}

/** Odds of a space: ascending cosines, descending chances (as log10, at most 0). */
export interface TrialCalibration {
  readonly cosine: readonly number[];
  readonly log10Chance: readonly number[];
}

export interface TrialReport {
  readonly dims: number;
  readonly backend: BackendName;
  /** Number of photos embedded; 0 in an empty library. */
  readonly photos: number;
  /** Sample photos that couldn't be read, through no fault of the model. */
  readonly unreadable: number;
  /**
   * Median wall milliseconds per photo in the model, alone on the backend. Measured on the check
   * pictures if there are no photos.
   */
  readonly msPerPhoto: number;
  /** Photos a move to the model would process, including trashed ones, and the estimated time. */
  readonly photosToMove: number;
  readonly secondsToMove: number;
  /** Ten, or one per available photo (none below 3 photos), spread over the sample. */
  readonly queries: readonly TrialQuery[];
  /**
   * Share of nearest photos common to both models over all queries, in [0, 1]; `null` without
   * queries.
   */
  readonly agreement: number | null;
  readonly calibration: TrialCalibration;
  /**
   * Source of the odds: pairs of the user's photos or, if there are few, of sample photos as well.
   */
  readonly calibratedOn: 'photos' | 'pictures';
}

/** The worker's current stage. */
export type TrialStage = 'reading' | 'loading' | 'checking' | 'photos' | 'comparing' | 'saving';

export interface TrialProgress {
  readonly stage: TrialStage;
  /** Bytes while reading, else steps of the stage: layers, pictures or photos. */
  readonly done: number;
  /** 0 if unknown. */
  readonly total: number;
}

/**
 * Trials, served by the `trial` worker to the page: one model per worker, since a hostile model may
 * crash it (`worker-died`). All calls but `configure` can be cancelled (`aborted`) without
 * affecting the worker's state.
 *
 * Model error codes, besides `backend-unavailable`, `out-of-memory` and store errors:
 *
 * - `model-unreadable`: no `model.json` among the files, or none that describes a TF.js model
 * - `model-incomplete`: weight files listed in `model.json` are missing
 * - `model-wrong-weights`: weights shorter or longer than described, or of an unknown type
 * - `model-too-large`: weights over `MODEL_LIMITS.bytes`
 * - `model-unknown-op`: operations or layers TF.js doesn't have; the message names them
 * - `model-wrong-input`: not one color picture, square or of any size
 * - `model-no-output`: no map and no vector to read
 * - `model-too-many-dims`: only vectors over `MODEL_LIMITS.dims`, or such a tap was chosen
 * - `model-not-finite`: outputs NaN or infinity
 * - `model-same-answer`: outputs the same for every picture
 * - `model-failed`: TF.js couldn't build or run it for another reason, given in the message
 */
export interface TrialContract {
  /**
   * Must be called first.
   *
   * @param baseUrl URL of the app's folder, ending in a slash
   * @param news a port that receives `TrialProgress`
   */
  configure(baseUrl: string, news: MessagePort): void;
  /** Reads a model, replacing the previous one. */
  readModel(files: readonly TrialFile[]): ModelFacts;
  /**
   * Runs the check pass, then the model on a sample of the library. Requires `readModel`.
   *
   * @param options.photos maximum sample size, 0 to 1,000; 0 runs only the check pass
   */
  tryModel(choices: ModelChoices, options: { readonly photos: number }): TrialReport;
  /**
   * Stores the model as last tried. It isn't used until it is chosen: see `ModelsContract`. If it
   * is already stored, only its title changes.
   *
   * Rejects with `invalid-argument` before a successful trial or for an empty title, and with
   * `quota-exceeded`.
   */
  keepModel(title: string): { readonly id: string };
}
