import type { FindEnding } from './types.ts';

/** OS/2's header, in which compression 3 means something else. */
const OS2_BYTES = 64;

/** Only uncompressed bitmaps have a known row size; the rest is left to the decoder. */
export const bmpEnding: FindEnding = (bytes, { width, height }, view) => {
  if (bytes.length < 34) return { share: 0 };
  const header = view.getUint32(14, true);
  const compression = header < 20 ? 0 : view.getUint32(30, true);
  // 3: uncompressed, with color masks.
  if (compression !== 0 && !(compression === 3 && header !== OS2_BYTES)) return 'whole';
  const bits = view.getUint16(header === 12 ? 24 : 28, true);
  const stride = 4 * Math.ceil((width * bits) / 32);
  const start = view.getUint32(10, true);
  const length = start + stride * height;
  if (bytes.length >= length) return 'whole';
  return {
    share: Math.max(0, Math.floor((bytes.length - start) / stride)) / height,
    mend: () => {
      const mended = new Uint8Array(length);
      mended.set(bytes);
      return mended;
    },
  };
};
