import fit from '../../models/visual-v1/fit.json';
import former from '../../models/visual-v1/space.json';
import type { CalibrationTable } from '../vision/types.ts';

/**
 * The space of the built-in visual vector, known without loading the nets: what the index must be
 * of, and what its cosines mean.
 */
export const visualSpace: {
  readonly id: string;
  readonly d: number;
  /** Visual vectors are of unit length: their inner product is the cosine. */
  readonly metric: 'ip';
  readonly calibration: CalibrationTable;
} = {
  id: `visual-v1/${fit.id}/${fit.d}`,
  d: fit.d,
  metric: 'ip',
  calibration: fit.calibration,
};

/** The space of libraries that haven't moved yet. */
export const formerSpace: typeof visualSpace = {
  id: `visual-v1/${former.id}/${former.d}`,
  d: former.d,
  metric: 'ip',
  calibration: former.calibration,
};
