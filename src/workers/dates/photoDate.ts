import type { PhotoInfo } from '../../protocol/index.ts';
import { captureDate } from '../../vision/metadata/captureDate.ts';
import type { PictureType } from '../../vision/types.ts';
import { toFloatingTime } from './floatingTime.ts';

/**
 * Publication of the first JPEG standard. Earlier dates come from clocks that were never set: 1970,
 * 1980.
 */
const FIRST_FILES = Date.UTC(1992, 8, 18);
/** A file written just now (pasted, unzipped, downloaded) has a meaningless date. */
const JUST_WRITTEN_MS = 60_000;

/**
 * Determines when a photo was taken, from its metadata or else a plausible file date. Empty if
 * neither is available.
 *
 * @param bytes the whole file
 * @param lastModified file date, milliseconds since 1970
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
