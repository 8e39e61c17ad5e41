import { part } from '../lazy-part.ts';

/** Chunks that are needed only with items. */
export const itemParts = {
  whatIsThis: part(() => import('./what-is-this.tsx')),
  itemPicker: part(() => import('./item-picker.tsx')),
};
