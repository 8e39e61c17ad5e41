import { fileBytes } from '../../vision/decoding/fileBytes.ts';
import { SNIFF_BYTES, sniff } from '../../vision/headers/sniff.ts';
import { type CaptureDate, captureDate } from '../../vision/metadata/captureDate.ts';

/**
 * Which dates are known: 1 those of EXIF data, 2 also XMP, IPTC, a PNG's compressed chunks, and that of
 * the last change. One more whenever `captureDate` finds what it did not: then all photos are looked at
 * once more.
 */
export const DATE_READER = 2;

/** A JPEG has what it says of itself in its first segments, of 64 KB each; other formats have it anywhere. */
const JPEG_HEAD = 512 * 1024;

/** When a photo was taken. `undefined` also for an original that can't be read. */
export async function dateOf(original: Blob): Promise<CaptureDate | undefined> {
  try {
    const { type } = sniff(await fileBytes(original.slice(0, SNIFF_BYTES)));
    if (type === undefined) return undefined;
    const bytes = await fileBytes(type === 'jpeg' ? original.slice(0, JPEG_HEAD) : original);
    return await captureDate(type, bytes);
  } catch {
    return undefined;
  }
}
