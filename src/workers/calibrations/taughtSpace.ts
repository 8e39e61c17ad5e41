import { AkinError } from '../../base/errors.ts';
import { loadCalibration } from '../../metric/index.ts';
import type { CalibrationRow } from '../../store/index.ts';
import { isCalibration } from '../../vision/nets/fit.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import type { IndexMaintainer } from '../indexing/indexMaintainer.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import { type OpenIndexOptions, openIndex } from '../indexing/openIndex.ts';

/** The space of a calibration, open to be searched. */
export interface TaughtSpace {
  /** Of the calibration. */
  readonly id: string;
  readonly index: LibraryIndex;
  readonly maintainer: Pick<IndexMaintainer, 'cleared' | 'cancel' | 'tendSoon' | 'maintain'>;
  /** Meaning of its cosines. */
  readonly odds: CalibrationTable;
  /** A vector of the base space, of unit length, in this one. */
  extend(vector: Float32Array): Float32Array<ArrayBuffer>;
}

/** What opening a space's index takes; its work isn't reported as that of the library's index. */
export type TaughtIndexOptions = Omit<OpenIndexOptions, 'space' | 'report'>;

/**
 * Opens the space of a calibration that is ready.
 *
 * @throws AkinError `corrupt` and others of `loadCalibration` for a damaged row
 */
export async function openTaught(
  row: CalibrationRow,
  options: TaughtIndexOptions,
): Promise<TaughtSpace> {
  const { calibration } = loadCalibration(row.bytes);
  const { odds } = row;
  if (!isCalibration(odds) || calibration.size !== row.d) {
    throw new AkinError('corrupt', 'What was learned is damaged.');
  }
  const { index, maintainer } = await openTaughtIndex(row, options);
  return {
    id: row.id,
    index,
    maintainer,
    odds,
    extend(vector) {
      const extended = new Float32Array(calibration.size);
      calibration.extend(vector, 0, extended, 0);
      return extended;
    },
  };
}

/** The index of a calibration's space, whether or not it is ready. */
export function openTaughtIndex(
  { spaceId, d }: Pick<CalibrationRow, 'spaceId' | 'd'>,
  options: TaughtIndexOptions,
): Promise<{ readonly index: LibraryIndex; readonly maintainer: IndexMaintainer }> {
  const space = { id: spaceId, d, metric: 'ip' } as const;
  return openIndex({ ...options, space, report: () => {} });
}
