import type { TrainSpace } from '../../protocol/index.ts';
import type { NetInputSpec } from '../../vision/nets/spec.ts';
import type { CalibrationTable } from '../../vision/types.ts';

/** A searchable space and the calibration of its cosines. */
export interface SearchedSpace extends TrainSpace {
  readonly calibration: CalibrationTable;
}

/** A model as known outside the inference worker; doesn't require loading its nets. */
export interface Model {
  readonly id: string;
  readonly title: string;
  readonly kind: 'built-in' | 'user';
  readonly space: SearchedSpace;
  /** The inputs of its nets for a photo, in the order of its parts. */
  readonly inputs: readonly NetInputSpec[];
  /** Whether all its nets have a feature map, of which regions are parts. */
  readonly hasMap: boolean;
  /** Total size of its files. */
  readonly bytes: number;
  /** Milliseconds since 1970; `null` for a built-in one. */
  readonly addedAt: number | null;
}
