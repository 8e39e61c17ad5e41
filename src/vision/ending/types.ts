import type { PictureSize } from '../headers/pictureSize.ts';

/**
 * How a picture's bytes end: `whole`, or with a part missing. `share` is the share of its rows that
 * still decodes, and `mend` creates bytes that a decoder accepts as complete.
 */
export type Ending =
  | 'whole'
  | { readonly share: number; readonly mend?: () => Uint8Array<ArrayBuffer> };

/** @throws RangeError if a size points outside the file */
export type FindEnding = (bytes: Uint8Array, size: PictureSize, view: DataView) => Ending;
