import type { ErrorReport } from '../../base/errors.ts';
import type { Credit, DateSource, PhotoId } from '../../protocol/index.ts';
import { storesOf, type Tx } from '../database/connection.ts';
import { withoutId } from '../database/keys.ts';
import type { JobRow } from '../database/schema.ts';
import type { StoredOriginal } from '../photos/storedOriginal.ts';
import { TRASH_STORES, takeOut } from '../photos/trash.ts';

/** A file that was read, hashed and identified as a picture. */
export interface StageFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
  /** SHA-256, 64 lower-case hex digits. */
  readonly hash: string;
  readonly credit?: Credit | undefined;
  /** As in `PhotoInfo`. */
  readonly takenAt?: number;
  readonly dateSource?: DateSource;
  /** The original. If it is in memory, it can't change before it is written. */
  readonly blob: Blob;
}

/** A file rejected before its bytes were stored. */
export interface RefusedFile extends ErrorReport {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly type: string;
  readonly hash?: string | undefined;
}

/**
 * Outcome of an enqueued file.
 * - `queued`: queued under this id, which will be the photo's
 * - `waiting`: a queued job already has the same bytes, under this id
 * - `duplicate`: the gallery has the same bytes, under this id
 * - `restored`: the trash had the same bytes; that photo is back in the gallery
 */
export interface Staged {
  readonly outcome: 'queued' | 'waiting' | 'duplicate' | 'restored';
  readonly id: PhotoId;
}

/** The stores that `stageOne` uses. */
export const STAGE = ['jobs', 'originals', ...TRASH_STORES] as const;

type StageTx = Tx<typeof STAGE, 'readwrite'>;

/** Enqueues a file within the caller's transaction. @param original in its stored form */
export async function stageOne(
  tx: StageTx,
  file: StageFile,
  original: StoredOriginal,
  now: number,
): Promise<Staged> {
  const photos = tx.objectStore('photos');
  const photo = await photos.index('byHash').get(file.hash);
  if (photo) {
    if (photo.deletedAt === undefined) return { outcome: 'duplicate', id: photo.id };
    await takeOut(storesOf(tx, TRASH_STORES), [photo]);
    return { outcome: 'restored', id: photo.id };
  }
  const jobs = tx.objectStore('jobs');
  const twins = await jobs.index('byHash').getAll(file.hash);
  const waiting = twins.find((job) => job.state === 'queued');
  if (waiting) return { outcome: 'waiting', id: waiting.id };

  const { blob: _blob, credit, ...told } = file;
  const row = {
    ...told,
    ...(credit && { credit }),
    state: 'queued',
    attempts: 0,
    addedAt: now,
    stored: true,
  } as const;
  const failed = twins[0];
  const id = failed
    ? await jobs.put({ ...row, id: failed.id })
    : await jobs.add(withoutId<JobRow>(row));
  await tx.objectStore('originals').put(original, id);
  return { outcome: 'queued', id };
}

interface JobStore {
  index(name: 'byHash'): { getAll(hash: string): Promise<JobRow[]> };
  add(row: JobRow): Promise<PhotoId>;
  put(row: JobRow): Promise<PhotoId>;
}

/** Lists a file as failed, once if it was rejected before under the same name and path. */
export async function stageRefused(
  jobs: JobStore,
  { hash, ...file }: RefusedFile,
  now: number,
): Promise<PhotoId> {
  const row = {
    ...file,
    ...(hash !== undefined && { hash }),
    state: 'failed',
    attempts: 0,
    addedAt: now,
    failedAt: now,
    stored: false,
  } as const;
  const twins = hash === undefined ? [] : await jobs.index('byHash').getAll(hash);
  const before = twins.find(
    (job) => job.state === 'failed' && job.name === file.name && job.path === file.path,
  );
  return before
    ? jobs.put({ ...row, id: before.id, stored: before.stored })
    : jobs.add(withoutId<JobRow>(row));
}
