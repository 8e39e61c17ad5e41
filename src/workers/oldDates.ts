import type { AkinEvent, PhotoId } from '../protocol/index.ts';
import type { Meta, Photos } from '../store/index.ts';
import { captureDate } from '../vision/captureDate.ts';
import { fileBytes } from '../vision/fileBytes.ts';
import { SNIFF_BYTES, sniff } from '../vision/sniff.ts';

/** How far it is: the last photo that was looked at, then `ALL` for good. */
const MARK = 'dates.looked';
const ALL = 'all';
/** Photos between two marks. */
const PART = 50;
/** A JPEG has its EXIF data in its first segments, of 64 KB each; other formats have it anywhere. */
const JPEG_HEAD = 512 * 1024;

/** Held by the one tab that looks. */
const DATES_LOCK = 'akin-dates';

export interface OldDatesOptions {
  readonly photos: Pick<Photos, 'undated' | 'setTakenAt' | 'original'>;
  readonly meta: Pick<Meta, 'get' | 'set'>;
  readonly tell: (event: AkinEvent) => void;
}

/** As `dateOldPhotos`, in one tab only. Nothing waits for it: what goes wrong, the next visit tries. */
export function dateOldPhotosAlone(options: OldDatesOptions): void {
  void navigator.locks
    .request(DATES_LOCK, { ifAvailable: true }, async (lock) => {
      if (lock) await dateOldPhotos(options);
    })
    .catch(() => {});
}

/**
 * Reads when those photos were taken that had come before Akin read dates. It is done once in a
 * library's life, over several visits where one is too short; photos that come in later bring their
 * dates along. What their files' dates were is not known any more.
 *
 * @throws AkinError `quota-exceeded`, `storage-closed`, `storage-failed`
 */
export async function dateOldPhotos({ photos, meta, tell }: OldDatesOptions): Promise<void> {
  const mark = await meta.get(MARK);
  if (mark === ALL) return;
  let after = Number.isSafeInteger(mark) ? (mark as PhotoId) : 0;
  for (;;) {
    const { ids, last } = await photos.undated(after, PART);
    if (last === null) break;
    const dated: PhotoId[] = [];
    for (const id of ids) {
      const takenAt = await takenOf(photos, id);
      if (takenAt !== undefined && (await photos.setTakenAt(id, takenAt))) dated.push(id);
    }
    after = last;
    await meta.set(MARK, after);
    if (dated.length > 0) tell({ type: 'dated', ids: dated });
  }
  await meta.set(MARK, ALL);
}

/** `undefined` also for a photo whose original is gone or can't be read. */
async function takenOf(photos: Pick<Photos, 'original'>, id: PhotoId): Promise<number | undefined> {
  try {
    const original = await photos.original(id);
    const { type } = sniff(await fileBytes(original.slice(0, SNIFF_BYTES)));
    if (type === undefined) return undefined;
    const bytes = await fileBytes(type === 'jpeg' ? original.slice(0, JPEG_HEAD) : original);
    return await captureDate(type, bytes);
  } catch {
    return undefined;
  }
}
