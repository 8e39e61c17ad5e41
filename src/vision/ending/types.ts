import type { PictureSize } from '../headers/pictureSize.ts';

/**
 * How a picture's bytes end: `whole`, or with something missing. `share` is how much of its rows
 * decodes nevertheless, and `mend` makes bytes that a decoder takes for whole.
 */
export type Ending =
  | 'whole'
  | { readonly share: number; readonly mend?: () => Uint8Array<ArrayBuffer> };

/** @throws RangeError where a size leads out of the file */
export type FindEnding = (bytes: Uint8Array, size: PictureSize, view: DataView) => Ending;
