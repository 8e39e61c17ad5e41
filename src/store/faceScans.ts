import type { PhotoId } from '../protocol/index.ts';
import type { Connection, Tx } from './connection.ts';
import { isFaceScanRow } from './faceRows.ts';

export interface ScanCounts {
  /** Photos of the gallery that were looked through. */
  readonly scanned: number;
  /** All photos of the gallery. */
  readonly photos: number;
}

/** Photos looked at a time. */
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
    let [scanned, photos] = [0, 0];
    for await (const chunk of gallery(tx, version, 0)) {
      photos += chunk.ids.length;
      scanned += chunk.ids.filter((id) => chunk.scanned.has(id)).length;
    }
    return { scanned, photos };
  });
}

interface Chunk {
  /** Photos of the gallery. */
  readonly ids: readonly PhotoId[];
  /** Those that were looked through, and maybe others. */
  readonly scanned: ReadonlySet<PhotoId>;
}

/** The photos of the gallery from some id on, a chunk at a time. */
async function* gallery(
  tx: Tx<typeof STORES, 'readonly'>,
  version: string,
  after: PhotoId,
): AsyncGenerator<Chunk, void, undefined> {
  const photos = tx.objectStore('photos');
  const scans = tx.objectStore('faceScans');
  const binned = new Set(await photos.index('byDeletedAt').getAllKeys());
  for (let from = after, more = true; more; ) {
    const keys = await photos.getAllKeys(IDBKeyRange.lowerBound(from, true), CHUNK);
    const last = keys.at(-1);
    if (last === undefined) return;
    const range = IDBKeyRange.bound(keys[0], last);
    const [marked, rows] = await Promise.all([scans.getAllKeys(range), scans.getAll(range)]);
    const scanned = new Set(
      marked.filter((_, i) => {
        const row: unknown = rows[i];
        return isFaceScanRow(row) && row.version === version;
      }),
    );
    yield { ids: keys.filter((id) => !binned.has(id)), scanned };
    from = last;
    more = keys.length === CHUNK;
  }
}
