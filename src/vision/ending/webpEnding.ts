import { kindAt } from '../headers/isoBoxes.ts';
import type { FindEnding } from './types.ts';

/** Chunks with the picture, or its first frame. */
const PICTURE = ['VP8 ', 'VP8L', 'ANMF'];

/**
 * A WebP with a truncated picture does not decode at all; one that lacks only what follows
 * (metadata, later frames) loses nothing that is shown.
 */
export const webpEnding: FindEnding = (bytes, _size, view) => {
  if (bytes.length >= 8 + view.getUint32(4, true)) return 'whole';
  let at = 12;
  let hasPicture = false;
  while (at + 8 <= bytes.length) {
    const size = view.getUint32(at + 4, true);
    const end = at + 8 + size + (size & 1);
    // The padding byte may be all that is missing.
    if (at + 8 + size > bytes.length) break;
    hasPicture ||= PICTURE.includes(kindAt(view, at));
    at = end;
  }
  if (!hasPicture) return { share: 0 };
  return {
    share: 1,
    mend: () => {
      const mended = new Uint8Array(at);
      mended.set(bytes.subarray(0, at));
      new DataView(mended.buffer).setUint32(4, at - 8, true);
      return mended;
    },
  };
};
