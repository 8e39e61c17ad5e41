import { AkinError } from '../../base/errors.ts';
import { readWordRows, type WordRows } from '../../query/words/index.ts';
import { isCalibration } from '../../vision/nets/fit.ts';
import type { CalibrationTable } from '../../vision/types.ts';

/** Maps words into a space and calibrates their cosines: `npm run fit:words`. */
export interface WordFit {
  readonly rows: WordRows;
  /** How rarely a photo that doesn't show a word has at least this cosine with it. */
  readonly calibration: CalibrationTable;
  /** See `mostChance`. */
  readonly chancePerClass: number;
  /** Sum of probabilities required to name a photo: see `nameOf`. */
  readonly nameCut: number;
}

/**
 * Reads `rows.json` and `rows.bin`.
 *
 * @throws AkinError `model-corrupt`
 */
export function readWordFit(
  json: unknown,
  bytes: Uint8Array<ArrayBuffer>,
  classCount: number,
): WordFit {
  const rows = readWordRows(json, bytes, classCount);
  const { calibration, chancePerClass, nameCut } = json as Record<string, unknown>;
  const isShare = (value: unknown): value is number =>
    typeof value === 'number' && value > 0 && value <= 1;
  if (!isCalibration(calibration) || !isShare(chancePerClass) || !isShare(nameCut)) {
    throw new AkinError(
      'model-corrupt',
      'What words are compared by is damaged. Reload the page; if that doesn’t help, install Akin again.',
    );
  }
  return { rows, calibration, chancePerClass, nameCut };
}
