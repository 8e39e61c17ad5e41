import type { PersonView } from '../../../protocol/index.ts';

/** Of two people who are made one, who takes in the other. */
export interface MergeOrder {
  readonly into: PersonView;
  readonly from: PersonView;
}

/** Whoever has a name keeps it; where both or neither have one, the one that was picked stays. */
export function mergeOrder(self: PersonView, picked: PersonView): MergeOrder {
  return self.name !== '' && picked.name === ''
    ? { into: self, from: picked }
    : { into: picked, from: self };
}
