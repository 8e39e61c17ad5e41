import type { PhotoDate, PhotoId, PhotoInfo } from '../../protocol/index.ts';
import { together } from '../database/connection.ts';
import { sortedIds } from '../database/keys.ts';
import { dateRank, isPhotoRow, takenOf, toPhotoDate } from '../database/rows.ts';
import type { PhotoRow } from '../database/schema.ts';

/** Ids read together. */
const SPAN = 1_000;
/** A row within a range costs about a quarter of a single `get`. */
const WORTH_A_RANGE = SPAN / 4;

/** A known date and its source. */
export type Taken = Required<Pick<PhotoInfo, 'takenAt' | 'dateSource'>>;

interface PhotoRows {
  get(id: PhotoId): Promise<unknown>;
  getAll(range: IDBKeyRange, limit?: number): Promise<unknown[]>;
}

/**
 * The dates of the photos among `ids`, ascending. Where many of consecutive ids are wanted, one
 * request reads a range: a person may be in 20,000 photos.
 */
export async function datesOf(photos: PhotoRows, ids: readonly PhotoId[]): Promise<PhotoDate[]> {
  const wanted = sortedIds(ids);
  const dates: PhotoDate[] = [];
  for (let from = 0; from < wanted.length; ) {
    const first = wanted[from]!;
    let end = from + 1;
    while (end < wanted.length && wanted[end]! < first + SPAN) end++;
    const some = wanted.slice(from, end);
    const rows =
      some.length >= WORTH_A_RANGE
        ? await photos.getAll(IDBKeyRange.bound(first, some.at(-1)))
        : await together(some.map((id) => () => photos.get(id)));
    const asked = new Set(some);
    for (const row of rows) if (isPhotoRow(row) && asked.has(row.id)) dates.push(toPhotoDate(row));
    from = end;
  }
  return dates;
}

/**
 * Updates a photo's date. Returns false, with nothing written, if the photo is gone or its date is
 * as good.
 */
export async function betterDate(
  photos: PhotoRows & { put(row: PhotoRow): Promise<unknown> },
  id: PhotoId,
  { takenAt, dateSource }: Taken,
): Promise<boolean> {
  const row = await photos.get(id);
  if (!isPhotoRow(row) || dateRank(dateSource) >= dateRank(takenOf(row).dateSource)) return false;
  const { fileDated: _fileDated, ...rest } = row;
  await photos.put({ ...rest, takenAt, dateSource });
  return true;
}
