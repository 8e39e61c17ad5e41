import former from '../../../models/visual-v1/space.json';
import fit from '../../../models/visual-v2/fit.json';
import detailed from '../../../models/visual-v2-detailed/fit.json';
import type { CalibrationTable } from '../../vision/types.ts';

/** What vectors are of, and what their cosines mean. Vectors of two spaces never meet. */
export interface Space {
  /** `<model>/<fit, 12 hex digits>/<d>` */
  readonly id: string;
  readonly d: number;
  /** Vectors are of unit length: their inner product is the cosine. */
  readonly metric: 'ip';
  readonly calibration: CalibrationTable;
  /** Cosine from which two pictures are most likely copies of one: see docs/embedding.md. */
  readonly nearDuplicate: number;
  /** Cosine from which two pictures most likely show the same thing. */
  readonly lookAlike: number;
}

/** A space of an earlier version, whose cut-offs were never fitted. */
export type FormerSpace = Omit<Space, 'nearDuplicate' | 'lookAlike'>;

/**
 * The space of the built-in visual vector, known without loading the net: what the index must be
 * of, and what its cosines mean.
 */
export const visualSpace: Space = spaceOf('visual-v2', fit);

/** The space of the more detailed model: another, though what it knows of a photo is more of the same. */
export const detailedSpace: Space = spaceOf('visual-v2-detailed', detailed);

/** The space of libraries that haven't moved yet. Its nets are gone: nothing new enters it. */
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
