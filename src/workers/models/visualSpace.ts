import former from '../../../models/visual-v1/space.json';
import fit from '../../../models/visual-v2/fit.json';
import detailed from '../../../models/visual-v2-detailed/fit.json';
import type { CalibrationTable } from '../../vision/types.ts';

/** An embedding space. Vectors of different spaces are never compared. */
export interface Space {
  /** `<model>/<fit, 12 hex digits>/<d>` */
  readonly id: string;
  readonly d: number;
  /** Vectors have unit length, so their inner product is the cosine. */
  readonly metric: 'ip';
  readonly calibration: CalibrationTable;
  /** Cosine from which two pictures most likely are copies: see docs/embedding.md. */
  readonly nearDuplicate: number;
  /** Cosine from which two pictures most likely show the same thing. */
  readonly lookAlike: number;
}

/** A space of an earlier version, whose cut-offs were never fitted. */
export type FormerSpace = Omit<Space, 'nearDuplicate' | 'lookAlike'>;

/** The built-in model's space, known without loading its nets. */
export const visualSpace: Space = spaceOf('visual-v2', fit);

/** The detailed model's space: separate, although it describes similar features. */
export const detailedSpace: Space = spaceOf('visual-v2-detailed', detailed);

/** The space of libraries that haven't moved yet. Its model is gone, so it gets no new vectors. */
export const formerSpace: FormerSpace = {
  id: `visual-v1/${former.id}/${former.d}`,
  d: former.d,
  metric: 'ip',
  calibration: former.calibration,
};

type Fit = Pick<Space, 'd' | 'calibration' | 'nearDuplicate' | 'lookAlike'> & {
  readonly id: string;
};

function spaceOf(model: string, { id, d, calibration, nearDuplicate, lookAlike }: Fit): Space {
  return { id: `${model}/${id}/${d}`, d, metric: 'ip', calibration, nearDuplicate, lookAlike };
}
