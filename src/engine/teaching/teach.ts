import { AkinError } from '../../base/errors.ts';
import type {
  CalibrationInfo,
  CalibrationWork,
  TeachingLabels,
  TeachingProgress,
  TeachingReport,
} from '../../protocol/index.ts';
import type { CallOptions } from '../callOptions.ts';
import type { AskLibrary } from '../faces/faces.ts';
import type { Observable } from '../observable.ts';
import { createLearner } from './learner.ts';
import { createPairs, type PairsApi } from './pairs.ts';

/** What Akin has learned from the user, and which of it is in use. Methods reject with an `AkinError`. */
export interface TeachApi {
  /** Incremented whenever the list may have changed, in any tab. */
  readonly version: Observable<number>;
  /** Progress of filling an adopted calibration, in whichever tab does the work. */
  readonly work: Observable<CalibrationWork>;
  /** Pairs of photos that the user says something about. */
  readonly pairs: PairsApi;
  /** What there is to learn from: photos grouped by items, and by pairs that are alike. */
  labels(): Promise<TeachingLabels>;
  /** Progress of `learn` in this tab; `null` when idle. */
  readonly progress: Observable<TeachingProgress | null>;
  /**
   * Learns from the labels by every method, and measures on photos and items that it doesn't learn
   * from whether that helps. Changes nothing: see `adopt`. The same seed and labels give the same
   * result on the same backend.
   */
  learn(options?: CallOptions & { readonly seed?: number }): Promise<TeachingReport>;
  /** The adopted calibrations: the one in use first, then the latest. */
  calibrations(): Promise<readonly CalibrationInfo[]>;
  /**
   * Keeps what was learned as a space of its own, and fills it in the background. At most three are
   * kept. It isn't used until it is chosen.
   */
  adopt(calibration: ArrayBuffer, title: string): Promise<CalibrationInfo>;
  /** Searches in a calibration's space from now on; `null` goes back to the model's own. */
  choose(id: string | null): Promise<void>;
  /** Deletes a calibration that isn't in use. Also cancels filling it. */
  remove(id: string): Promise<void>;
}

/** The page's side of calibrations, which the library worker manages. */
export function createTeach(
  ask: AskLibrary,
  version: Observable<number>,
  work: Observable<CalibrationWork>,
  pairsVersion: Observable<number>,
  baseUrl: string,
): TeachApi {
  const learner = createLearner(baseUrl);
  return {
    pairs: createPairs(ask, pairsVersion),
    labels: () => ask('teachingLabels', []),
    progress: learner.progress,
    async learn(options) {
      const [labels, models] = await Promise.all([
        ask('teachingLabels', []),
        ask('listModels', []),
      ]);
      const model = models.find(({ isChosen }) => isChosen);
      if (!model) throw new AkinError('not-found', 'No model is in use.');
      return learner.learn(model.spaceId, labels, options);
    },
    version,
    work,
    calibrations: () => ask('calibrations', []),
    adopt: (calibration, title) => ask('adoptCalibration', [calibration, title]),
    choose: (id) => ask('chooseCalibration', [id]),
    remove: (id) => ask('removeCalibration', [id]),
  };
}
