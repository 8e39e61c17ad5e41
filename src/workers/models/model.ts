import type { TrainSpace } from '../../protocol/index.ts';
import type { NetInputSpec } from '../../vision/nets/spec.ts';
import type { CalibrationTable } from '../../vision/types.ts';

/** A space that can be searched, and what its cosines mean. */
export interface SearchedSpace extends TrainSpace {
  readonly calibration: CalibrationTable;
}

/** A model as all workers but the nets' have to know it: its nets need not be loaded for that. */
export interface Model {
  readonly id: string;
  readonly title: string;
  readonly kind: 'built-in' | 'user';
  readonly space: SearchedSpace;
  /** What each of its nets is shown of a photo, in the order of its parts. */
  readonly inputs: readonly NetInputSpec[];
  /** Of its files. */
  readonly bytes: number;
  /** Milliseconds since 1970; `null` for a built-in one. */
  readonly addedAt: number | null;
}
