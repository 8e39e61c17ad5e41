import type { PhotoInfo } from '../../protocol/index.ts';
import { captureDate } from '../../vision/metadata/captureDate.ts';
import type { PictureType } from '../../vision/types.ts';
import { toFloatingTime } from './floatingTime.ts';

/** The first JPEG standard. Dates before it are those of clocks that were never set: 1970, 1980. */
const FIRST_FILES = Date.UTC(1992, 8, 18);
/** A file that was written as it came in (pasted, unzipped, downloaded) says nothing of the photo. */
const JUST_WRITTEN_MS = 60_000;

/**
 * When a photo was taken: as the picture says itself, else as the file's own date has it, where that
 * can be. Empty where neither says.
 *
 * @param bytes the whole file
 * @param lastModified of the file, milliseconds since 1970
 */
export async function photoDate(
  type: PictureType,
  bytes: Uint8Array,
  lastModified: number,
  now: number = Date.now(),
): Promise<Pick<PhotoInfo, 'takenAt' | 'dateSource'>> {
  const taken = await captureDate(type, bytes, now);
  if (taken) return taken;
  const tells = lastModified >= FIRST_FILES && lastModified <= now - JUST_WRITTEN_MS;
  return tells ? { takenAt: toFloatingTime(lastModified), dateSource: 'file' } : {};
}
