import type { TrainSpace } from '../../protocol/index.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import { formerSpace, visualSpace } from '../visualSpace.ts';

/** A space that can be searched, and what its cosines mean. */
export interface SearchedSpace extends TrainSpace {
  readonly calibration: CalibrationTable;
}

const MOST_D = 4_096;

/**
 * A space that a library still has vectors in, by its id, `<model>/<fit>/<d>`. One whose table is not
 * known any more, such as an older fit, has that of the space photos move to: the models are kin, and
 * it is used for as long as the move takes. `null` for what is no such id.
 */
export function knownSpace(id: string): SearchedSpace | null {
  for (const space of [visualSpace, formerSpace]) if (space.id === id) return space;
  const d = Number(/^[^/]+\/[^/]+\/(\d+)$/.exec(id)?.[1]);
  if (!Number.isSafeInteger(d) || d < 1 || d > MOST_D) return null;
  return { id, d, metric: 'ip', calibration: visualSpace.calibration };
}
