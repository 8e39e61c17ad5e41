import type { ErrorReport } from '../../base/errors.ts';
import { AkinError } from '../../base/errors.ts';
import type { ImportFailure, PhotoId, WaitingFile } from '../../protocol/index.ts';
import type { Connection } from '../database/connection.ts';
import { deleteIds, sortedIds } from '../database/keys.ts';
import { isJobRow } from '../database/rows.ts';
import type { JobRow } from '../database/schema.ts';
import type { OriginalForm } from '../photos/originals.ts';
import { originalOf } from '../photos/storedOriginal.ts';
import {
  type RefusedFile,
  STAGE,
  type Staged,
  type StageFile,
  stageOne,
  stageRefused,
} from './staging.ts';

const LOST = 'The browser deleted this file before it could be read. Add it again.';

export interface JobCounts {
  readonly queued: number;
  readonly failed: number;
}

/** Import jobs. A job's id becomes its photo's. */
export class Jobs {
  readonly #connection: Connection;
  readonly #form: OriginalForm;

  constructor(connection: Connection, form: OriginalForm) {
    this.#connection = connection;
    this.#form = form;
  }

  /**
   * Enqueues files; after that they survive a closed or crashed tab. The original is written here
   * rather than with the photo, so no queued file is lost and nothing large is written twice;
   * garbage collection deletes originals without job or photo when the store is opened.
   *
   * Atomic: keep batches small enough that repeating one is cheap.
   *
   * @returns the outcome of each file, in order
   * @returns what became of each file, in their order
   * @throws AkinError `quota-exceeded`, `storage-closed`, `storage-failed`
   */
  async stage(files: readonly StageFile[], now: number = Date.now()): Promise<readonly Staged[]> {
    const originals = await Promise.all(files.map(({ blob }) => this.#form.toStored(blob)));
    return this.#connection.run(STAGE, 'readwrite', async (tx) => {
      const staged: Staged[] = [];
      // Sequential: a file must see the job of its duplicate earlier in the batch.
      for (const [i, file] of files.entries()) {
        staged.push(await stageOne(tx, file, originals[i]!, now));
      }
      return staged;
    });
  }

  /**
   * Lists files that were rejected before being enqueued. One with a known hash, rejected before
   * under the same name and path, is listed once.
   *
   * @returns their ids, in order
   */
  stageFailed(
    files: readonly RefusedFile[],
    now: number = Date.now(),
  ): Promise<readonly PhotoId[]> {
    return this.#connection.run(['jobs'], 'readwrite', async (tx) => {
      const jobs = tx.objectStore('jobs');
      const ids: PhotoId[] = [];
      for (const file of files) ids.push(await stageRefused(jobs, file, now));
      return ids;
    });
  }

  /** All queued files, by what identifies them. */
  waiting(): Promise<readonly WaitingFile[]> {
    return this.#connection.run(['jobs'], 'readonly', async (tx) => {
      const rows = await tx.objectStore('jobs').index('byState').getAll(inState('queued'));
      return rows
        .filter(isJobRow)
        .map(({ id, name, path, bytes, type, hash }) => ({ id, name, path, bytes, type, hash }));
    });
  }

  /** Lists files as failed that were queued in a lost library, except those that are here again. */
  async listLost(files: readonly WaitingFile[], now: number = Date.now()): Promise<void> {
    await this.#connection.run(['jobs', 'photos'], 'readwrite', async (tx) => {
      for (const { id: _id, hash, ...file } of files) {
        if (hash !== undefined) {
          const [job, photo] = await Promise.all([
            tx.objectStore('jobs').index('byHash').getKey(hash),
            tx.objectStore('photos').index('byHash').getKey(hash),
          ]);
          if (job !== undefined || photo !== undefined) continue;
        }
        const refused = { ...file, hash, code: 'storage-lost', message: LOST } as const;
        await stageRefused(tx.objectStore('jobs'), refused, now);
      }
    });
  }

  /** The first `limit` queued jobs whose ids are greater than `afterId`, in id order. */
  async next(limit: number, afterId: PhotoId = 0): Promise<readonly JobRow[]> {
    return this.#connection.run(['jobs'], 'readonly', async (tx) => {
      const range = IDBKeyRange.bound(['queued', afterId], ['queued', []], true, true);
      const rows = await tx.objectStore('jobs').index('byState').getAll(range, limit);
      return rows.filter(isJobRow);
    });
  }

  /** Counts one more attempt. Returns the jobs still queued; the others were canceled. */
  begin(ids: readonly PhotoId[]): Promise<readonly JobRow[]> {
    return this.#connection.run(['jobs'], 'readwrite', async (tx) => {
      const begun: JobRow[] = [];
      for (const id of sortedIds(ids)) {
        const job = await tx.objectStore('jobs').get(id);
        if (!isJobRow(job) || job.state !== 'queued') continue;
        const row = { ...job, attempts: job.attempts + 1 };
        await tx.objectStore('jobs').put(row);
        begun.push(row);
      }
      return begun;
    });
  }

  /** Undoes the count of an attempt that ended in an orderly way. Skips missing jobs. */
  release(ids: readonly PhotoId[]): Promise<void> {
    return this.#connection.run(['jobs'], 'readwrite', async (tx) => {
      for (const id of sortedIds(ids)) {
        const job = await tx.objectStore('jobs').get(id);
        if (isJobRow(job)) await tx.objectStore('jobs').put({ ...job, attempts: 0 });
      }
    });
  }

  /** Marks a job as failed; false if it is gone. Keeps its original for a retry. */
  fail(id: PhotoId, error: ErrorReport, now: number = Date.now()): Promise<boolean> {
    return this.#connection.run(['jobs'], 'readwrite', async (tx) => {
      return markFailed(tx.objectStore('jobs'), id, { ...error, failedAt: now });
    });
  }

  /** Marks several jobs as failed, for one reason. */
  failAll(ids: readonly PhotoId[], error: ErrorReport, now: number = Date.now()): Promise<void> {
    return this.#connection.run(['jobs'], 'readwrite', async (tx) => {
      for (const id of sortedIds(ids)) {
        await markFailed(tx.objectStore('jobs'), id, { ...error, failedAt: now });
      }
    });
  }

  /**
   * Requeues failed jobs with their attempts reset; `null` means all. `lacking` are those without
   * stored bytes, which the user has to choose again, and folders that could not be opened; they
   * stay failed.
   */
  retry(
    ids: readonly PhotoId[] | null,
  ): Promise<{ readonly queued: readonly PhotoId[]; readonly lacking: readonly PhotoId[] }> {
    return this.#connection.run(['jobs', 'originals'], 'readwrite', async (tx) => {
      const jobs = tx.objectStore('jobs');
      const queued: PhotoId[] = [];
      const lacking: PhotoId[] = [];
      for (const id of await chosenFailures(tx.objectStore('jobs').index('byState'), ids)) {
        const job = await jobs.get(id);
        if (!isJobRow(job) || job.code === 'unreadable-folder') continue;
        const kept = job.stored && (await tx.objectStore('originals').getKey(id)) !== undefined;
        if (!kept) {
          lacking.push(id);
          continue;
        }
        await jobs.put(requeued(job));
        queued.push(id);
      }
      return { queued, lacking };
    });
  }

  /** Discards failed files and their bytes; `null` means all. Returns which. */
  dismiss(ids: readonly PhotoId[] | null): Promise<readonly PhotoId[]> {
    return this.#connection.run(['jobs', 'originals'], 'readwrite', async (tx) => {
      const chosen = await chosenFailures(tx.objectStore('jobs').index('byState'), ids);
      await deleteIds(tx.objectStore('jobs'), chosen);
      await deleteIds(tx.objectStore('originals'), chosen);
      return chosen;
    });
  }

  /** Discards all queued files and their bytes. Returns which. */
  cancelQueued(): Promise<readonly PhotoId[]> {
    return this.#connection.run(['jobs', 'originals'], 'readwrite', async (tx) => {
      const byState = tx.objectStore('jobs').index('byState');
      const ids = sortedIds(await byState.getAllKeys(inState('queued')));
      await deleteIds(tx.objectStore('jobs'), ids);
      await deleteIds(tx.objectStore('originals'), ids);
      return ids;
    });
  }

  counts(): Promise<JobCounts> {
    return this.#connection.run(['jobs'], 'readonly', async (tx) => {
      const byState = tx.objectStore('jobs').index('byState');
      const [queued, failed] = await Promise.all([
        byState.count(inState('queued')),
        byState.count(inState('failed')),
      ]);
      return { queued, failed };
    });
  }

  /** Failed files, in the order they came. */
  failures(): Promise<readonly ImportFailure[]> {
    return this.#connection.run(['jobs'], 'readonly', async (tx) => {
      const rows = await tx.objectStore('jobs').index('byState').getAll(inState('failed'));
      return rows.filter(isJobRow).map((job) => ({
        id: job.id,
        name: job.name,
        path: job.path,
        bytes: job.bytes,
        code: job.code ?? 'internal',
        message: job.message ?? '',
        ...(job.details && { details: job.details }),
        failedAt: job.failedAt ?? job.addedAt,
      }));
    });
  }

  /**
   * The bytes of a queued or failed file.
   *
   * @throws AkinError `not-found` if it was canceled, or its bytes were not stored
   */
  original(id: PhotoId): Promise<Blob> {
    return this.#connection.run(['originals'], 'readonly', async (tx) => {
      const original = originalOf(await tx.objectStore('originals').get(id));
      if (original) return original;
      throw new AkinError('not-found', `The bytes of file ${id} are not in the library.`);
    });
  }
}

function requeued(job: JobRow): JobRow {
  return { ...withoutError(job), state: 'queued', attempts: 0 };
}

function withoutError(job: JobRow): JobRow {
  const { code: _code, message: _message, details: _details, failedAt: _failedAt, ...rest } = job;
  return rest;
}

/** False if there is no such job. */
async function markFailed(
  jobs: { get(id: PhotoId): Promise<unknown>; put(row: JobRow): Promise<unknown> },
  id: PhotoId,
  why: ErrorReport & Pick<JobRow, 'failedAt'>,
): Promise<boolean> {
  const job = await jobs.get(id);
  if (!isJobRow(job)) return false;
  await jobs.put({ ...withoutError(job), ...why, state: 'failed' });
  return true;
}

function inState(state: JobRow['state']): IDBKeyRange {
  return IDBKeyRange.bound([state], [state, []], true, true);
}

interface StateIndex {
  getAllKeys(range: IDBKeyRange): Promise<PhotoId[]>;
}

/** The failed jobs among `ids`, ascending; all for `null`. */
async function chosenFailures(
  byState: StateIndex,
  ids: readonly PhotoId[] | null,
): Promise<PhotoId[]> {
  const failed = sortedIds(await byState.getAllKeys(inState('failed')));
  if (ids === null) return failed;
  const wanted = new Set(ids);
  return failed.filter((id) => wanted.has(id));
}
