import { fileBytes } from '../../vision/decoding/fileBytes.ts';
import { SNIFF_BYTES, sniff } from '../../vision/headers/sniff.ts';
import { type CaptureDate, captureDate } from '../../vision/metadata/captureDate.ts';

/**
 * Version of the date reader: 1 reads EXIF dates; 2 also XMP, IPTC, compressed PNG chunks and the
 * modification date. Increment when `captureDate` learns to find more: then all photos are read
 * again.
 */
export const DATE_READER = 2;

/** JPEG metadata is in the first segments, of 64 KB each; other formats may have it anywhere. */
const JPEG_HEAD = 512 * 1024;

/** A photo's capture date; `undefined` also for an original that can't be read. */
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
