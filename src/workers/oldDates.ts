import type { AkinEvent, PhotoId } from '../protocol/index.ts';
import type { Meta, Photos } from '../store/index.ts';
import { type CaptureDate, captureDate } from '../vision/captureDate.ts';
import { fileBytes } from '../vision/fileBytes.ts';
import { SNIFF_BYTES, sniff } from '../vision/sniff.ts';

/**
 * Which dates are known: 1 those of EXIF data, 2 also XMP, IPTC, a PNG's compressed chunks, and that of
 * the last change. One more whenever `captureDate` finds what it did not.
 */
const READER = 2;
/** How far which reader is, as a `Mark`; before there were two, a `Mark`'s `after` alone. */
const MARK = 'dates.looked';
/** The last photo that was looked at, then `ALL` for good. */
type After = PhotoId | 'all';
const ALL = 'all';

interface Mark {
  readonly reader: number;
  readonly after: After;
}

/** Photos between two marks. */
const PART = 50;
/** A JPEG has what it says of itself in its first segments, of 64 KB each; other formats have it anywhere. */
const JPEG_HEAD = 512 * 1024;

/** Held by the one tab that looks. */
const DATES_LOCK = 'akin-dates';

export interface OldDatesOptions {
  readonly photos: Pick<Photos, 'datesWanted' | 'betterDate' | 'original'>;
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
 * Reads when those photos were taken that had come before Akin read all the dates that it does now. It
 * is done once for each reader, over several visits where one is too short; photos that come in later
 * bring their dates along. A date that a photo has gives way only to one from a better source.
 *
 * @throws AkinError `quota-exceeded`, `storage-closed`, `storage-failed`
 */
export async function dateOldPhotos({ photos, meta, tell }: OldDatesOptions): Promise<void> {
  const begun = lookedTo(await meta.get(MARK));
  if (begun === ALL) return;
  const mark = (to: After) => meta.set(MARK, { reader: READER, after: to } satisfies Mark);
  for (let after = begun; ; ) {
    const { ids, last } = await photos.datesWanted(after, PART);
    if (last === null) break;
    const dated: PhotoId[] = [];
    for (const id of ids) {
      const taken = await takenOf(photos, id);
      if (taken && (await photos.betterDate(id, taken))) dated.push(id);
    }
    after = last;
    await mark(after);
    if (dated.length > 0) tell({ type: 'dated', ids: dated });
  }
  await mark(ALL);
}

/** How far this reader is, by what was kept. */
function lookedTo(kept: unknown): After {
  const { reader, after } = (kept ?? {}) as Partial<Mark>;
  if (reader !== READER) return 0;
  return after === ALL || Number.isSafeInteger(after) ? after! : 0;
}

/** `undefined` also for a photo whose original is gone or can't be read. */
async function takenOf(
  photos: Pick<Photos, 'original'>,
  id: PhotoId,
): Promise<CaptureDate | undefined> {
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
