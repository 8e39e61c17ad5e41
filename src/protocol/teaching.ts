import type { ErrorReport } from '../base/errors.ts';
import type { MethodResult, TeachingMethod, TeachingVerdict } from '../base/teaching.ts';
import type { PhotoId } from './photo.ts';

export type {
  BeforeAfter,
  Measured,
  MethodResult,
  TeachingMethod,
  TeachingVerdict,
} from '../base/teaching.ts';
export { LEAST_TAUGHT } from '../base/teaching.ts';

/** What there is to learn from: photos that belong together. */
export interface TeachingLabels {
  /** (n) ascending */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n) number of the group that each photo belongs to: 0, 1, 2, …; each of at least two photos */
  readonly groups: Uint32Array<ArrayBuffer>;
}

/** A query whose results changed. */
export interface ChangedResults {
  readonly photo: PhotoId;
  /** Best first. */
  readonly before: readonly PhotoId[];
  readonly after: readonly PhotoId[];
  /** The photos of either that belong together with it. */
  readonly same: readonly PhotoId[];
}

/** Photos that weren't learned from, on two maps: (n) each, or (n × 2) places in [0, 1]. */
export interface TeachingMaps {
  readonly ids: Uint32Array<ArrayBuffer>;
  /** Group of each: 0, 1, 2, …, the largest first. */
  readonly groups: Uint32Array<ArrayBuffer>;
  readonly before: Float32Array<ArrayBuffer>;
  /** Laid out from where they lay before. */
  readonly after: Float32Array<ArrayBuffer>;
}

export interface TeachingReport {
  readonly verdict: TeachingVerdict;
  /** The best method; `null` if there was too little to learn from. */
  readonly best: MethodResult | null;
  /** All that were tried, losers included. */
  readonly methods: readonly MethodResult[];
  /** The ten queries whose results changed most. */
  readonly changed: readonly ChangedResults[];
  /** Where photos that weren't learned from lie before and after; `null` as `best`. */
  readonly maps: TeachingMaps | null;
  /** The best method, learned from everything, to adopt; `null` as `best`. */
  readonly calibration: ArrayBuffer | null;
  /** Space it was learned in. */
  readonly spaceId: string;
  /** Bytes that each photo's vector takes in it. */
  readonly bytesPerPhoto: number;
}

/** A training step to draw: an anchor, a photo to pull closer, and one to push away. */
export interface TripletStep {
  readonly anchor: PhotoId;
  readonly positive: PhotoId;
  readonly negative: PhotoId;
  /** Squared distances, before this step. */
  readonly positiveL2sq: number;
  readonly negativeL2sq: number;
  readonly margin: number;
}

export interface TeachingProgress {
  readonly stage: 'reading' | 'learning' | 'drawing';
  readonly method: TeachingMethod | null;
  /** Overall, in [0, 1]. */
  readonly share: number;
  /** While a head is trained. */
  readonly training: {
    readonly epoch: number;
    readonly epochs: number;
    readonly loss: number;
    /** precision@1 on photos that training doesn't see. */
    readonly heldOut: number;
    readonly triplet: TripletStep | null;
  } | null;
}

/** Learning, served by the `teach` worker to the page: one job per worker. */
export interface TeachContract {
  /** Must be called first. @param news a port that receives `TeachingProgress` */
  configure(baseUrl: string, news: MessagePort): void;
  /**
   * Learns from labels by every method and measures what it helps. Changes nothing.
   *
   * @param seed the same seed and labels give the same result on the same backend
   */
  learn(spaceId: string, labels: TeachingLabels, seed: number): TeachingReport;
}

/** A calibration that is kept. */
export interface CalibrationInfo {
  readonly id: string;
  readonly title: string;
  readonly method: TeachingMethod;
  readonly weight: number;
  /** Space whose vectors it extends, and the space of its own vectors. */
  readonly baseSpaceId: string;
  readonly spaceId: string;
  /** Number of values of its own vectors. */
  readonly d: number;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
  /** Whether it is in use. */
  readonly isChosen: boolean;
  /** Whether every photo has its vector and the index is built, so it can be chosen. */
  readonly isReady: boolean;
  /** Photos that have a vector in it, and the bytes of these, its index and itself on disk. */
  readonly photos: number;
  readonly bytes: number;
}

/** At most this many calibrations are kept. */
export const MOST_CALIBRATIONS = 3;

/** Calibrations, served by the `library` worker. */
export interface CalibrationsContract {
  /** What there is to learn from: photos grouped by items, and by pairs that are alike. */
  teachingLabels(): TeachingLabels;
  /**
   * Stores what was learned as a space of its own, and fills it in the background: see
   * `CalibrationWork`. Not used until it is chosen. Returns the one that is kept if it was adopted
   * before.
   *
   * Rejects with `invalid-argument` if three are kept already, if the bytes are of another space than
   * the chosen model's, or for a title that is empty or too long; `bad-magic`, `corrupt`, `truncated`,
   * `too-new` for bytes that can't be read.
   */
  adoptCalibration(calibration: ArrayBuffer, title: string): CalibrationInfo;
  /** The chosen one first. */
  calibrations(): readonly CalibrationInfo[];
  /**
   * Searches in a calibration's space from now on, in all tabs; `null` goes back to the model's own.
   *
   * Rejects with `not-found`, and with `invalid-argument` for one that isn't ready or belongs to
   * another model; nothing has changed then.
   */
  chooseCalibration(id: string | null): void;
  /**
   * Deletes a calibration and its space; also cancels filling it. Rejects with `not-found`, and with
   * `invalid-argument` for the chosen one.
   */
  removeCalibration(id: string): void;
}

/** Work on an adopted calibration, in whichever tab does it. */
export type CalibrationWork =
  | { readonly state: 'idle' }
  | {
      /** Extending the vectors of photos, then building the index. */
      readonly state: 'filling' | 'indexing';
      readonly id: string;
      /** Photos whose vectors are extended, and all photos. */
      readonly done: number;
      readonly total: number;
    }
  /** A failure such as a full disk. The next visit, or adopting another, tries again. */
  | ({ readonly state: 'failed'; readonly id: string } & ErrorReport);
