import type { CalibrationInfo, CalibrationWork } from '../protocol/index.ts';
import type { AskLibrary } from './faces.ts';
import type { Observable } from './observable.ts';

/** What Akin has learned from the user, and which of it is in use. Methods reject with an `AkinError`. */
export interface TeachApi {
  /** Incremented whenever the list may have changed, in any tab. */
  readonly version: Observable<number>;
  /** Progress of filling an adopted calibration, in whichever tab does the work. */
  readonly work: Observable<CalibrationWork>;
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
): TeachApi {
  return {
    version,
    work,
    calibrations: () => ask('calibrations', []),
    adopt: (calibration, title) => ask('adoptCalibration', [calibration, title]),
    choose: (id) => ask('chooseCalibration', [id]),
    remove: (id) => ask('removeCalibration', [id]),
  };
}
