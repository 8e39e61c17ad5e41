import type { PersonView } from '../../../protocol/index.ts';

/** Which of two merged people absorbs the other. */
export interface MergeOrder {
  readonly into: PersonView;
  readonly from: PersonView;
}

/** The named one stays; if both or neither have a name, the picked one stays. */
export function mergeOrder(self: PersonView, picked: PersonView): MergeOrder {
  return self.name !== '' && picked.name === ''
    ? { into: self, from: picked }
    : { into: picked, from: self };
}
