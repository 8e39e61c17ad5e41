import type { ErrorCode } from '../../base/errors.ts';
import type { PhotoId } from '../../protocol/index.ts';
import type { Connection, Tx } from '../database/connection.ts';
import type { FaceScanRow } from '../database/schema.ts';
import { isFaceScanRow } from './faceRows.ts';

export interface ScanCounts {
  /** Photos of the gallery that were scanned, failures included. */
  readonly scanned: number;
  /** Scans that failed. */
  readonly failed: number;
  /** All photos of the gallery. */
  readonly photos: number;
}

/** Photos read per chunk. */
const CHUNK = 5_000;
const STORES = ['photos', 'faceScans'] as const;

/** See `Faces.unscanned`. */
export function unscanned(
  connection: Connection,
  version: string,
  after: PhotoId,
  limit: number,
): Promise<readonly PhotoId[]> {
  return connection.run(STORES, 'readonly', async (tx) => {
    const wanted: PhotoId[] = [];
    for await (const { ids, scanned } of gallery(tx, version, after)) {
      for (const id of ids) if (!scanned.has(id)) wanted.push(id);
      if (wanted.length >= limit) break;
    }
    return wanted.slice(0, limit);
  });
}

/** See `Faces.scanCounts`. */
export function scanCounts(connection: Connection, version: string): Promise<ScanCounts> {
  return connection.run(STORES, 'readonly', async (tx) => {
    let [scanned, failed, photos] = [0, 0, 0];
    for await (const chunk of gallery(tx, version, 0)) {
      photos += chunk.ids.length;
      for (const id of chunk.ids) {
        const scan = chunk.scanned.get(id);
        if (scan) scanned++;
        if (scan?.failed !== undefined) failed++;
      }
    }
    return { scanned, failed, photos };
  });
}

/** See `Faces.fail`. */
export function failScan(
  connection: Connection,
  photoId: PhotoId,
  version: string,
  failed: ErrorCode,
): Promise<void> {
  return connection.run(STORES, 'readwrite', async (tx) => {
    if ((await tx.objectStore('photos').getKey(photoId)) === undefined) return;
    await tx.objectStore('faceScans').put({ version, faces: 0, leftOut: 0, failed }, photoId);
  });
}

/** See `Faces.forgetFailures`. */
export function forgetFailures(connection: Connection): Promise<void> {
  return connection.run(['faceScans'], 'readwrite', async (tx) => {
    const scans = tx.objectStore('faceScans');
    for (let range: IDBKeyRange | null = null; ; ) {
      const [ids, rows] = await Promise.all([
        scans.getAllKeys(range, CHUNK),
        scans.getAll(range, CHUNK),
      ]);
      for (const [i, id] of ids.entries()) {
        const row: unknown = rows[i];
        if (isFaceScanRow(row) && row.failed !== undefined) await scans.delete(id);
      }
      const last = ids.at(-1);
      if (last === undefined || ids.length < CHUNK) return;
      range = IDBKeyRange.lowerBound(last, true);
    }
  });
}

interface Chunk {
  /** Photos of the gallery. */
  readonly ids: readonly PhotoId[];
  /** Includes the scanned ones, and maybe others. */
  readonly scanned: ReadonlyMap<PhotoId, FaceScanRow>;
}

/** The photos of the gallery after an id, in chunks. */
async function* gallery(
  tx: Tx<typeof STORES, 'readonly'>,
  version: string,
  after: PhotoId,
): AsyncGenerator<Chunk, void, undefined> {
  const photos = tx.objectStore('photos');
  const scans = tx.objectStore('faceScans');
  const trashed = new Set(await photos.index('byDeletedAt').getAllKeys());
  for (let from = after, more = true; more; ) {
    const keys = await photos.getAllKeys(IDBKeyRange.lowerBound(from, true), CHUNK);
    const last = keys.at(-1);
    if (last === undefined) return;
    const range = IDBKeyRange.bound(keys[0], last);
    const [marked, rows] = await Promise.all([scans.getAllKeys(range), scans.getAll(range)]);
    const scanned = new Map<PhotoId, FaceScanRow>();
    for (const [i, id] of marked.entries()) {
      const row: unknown = rows[i];
      if (isFaceScanRow(row) && row.version === version) scanned.set(id, row);
    }
    yield { ids: keys.filter((id) => !trashed.has(id)), scanned };
    from = last;
    more = keys.length === CHUNK;
  }
}
