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

/** One of the files that a person has dropped or chosen; its name may begin with folders. */
export interface TrialFile {
  readonly name: string;
  readonly file: Blob;
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
  /** Photos that would move to the model, those in the trash included, and about how long that takes. */
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
  /**
   * What the odds are from: pairs of the user's photos, or, where these are few, of pictures that ship
   * with the app as well.
   */
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
   * First of all calls.
   *
   * @param baseUrl address of the app's folder, ending in a slash
   * @param news a port that receives `TrialProgress`
   */
  configure(baseUrl: string, news: MessagePort): void;
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
