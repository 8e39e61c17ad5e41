import { nextSegment } from '../headers/jpegHeader.ts';
import { jpegRows } from './jpegRows.ts';
import type { FindEnding } from './types.ts';

/**
 * Start of the first scan's data, after the header segments, whose previews have their own end
 * markers.
 */
function scanStart(bytes: Uint8Array): number | undefined {
  let segment = nextSegment(bytes, 2);
  while (segment && segment.marker !== 0xda) segment = nextSegment(bytes, segment.end);
  return segment?.end;
}

/**
 * Entropy-coded data contains FF D9 only as the end of the image. Cameras append more after it (a
 * second picture, a video), so search backwards anywhere after the first scan.
 */
function hasEnd(bytes: Uint8Array, start: number): boolean {
  for (let at = bytes.lastIndexOf(0xd9); at > start; at = bytes.lastIndexOf(0xd9, at - 1)) {
    if (bytes[at - 1] === 0xff) return true;
  }
  return false;
}

export const jpegEnding: FindEnding = (bytes, { height }) => {
  const start = scanStart(bytes);
  if (start === undefined) return { share: 0 };
  if (hasEnd(bytes, start)) return 'whole';
  return {
    share: jpegRows(bytes) / height,
    mend: () => {
      const mended = new Uint8Array(bytes.length + 2);
      mended.set(bytes);
      mended.set([0xff, 0xd9], bytes.length);
      return mended;
    },
  };
};
