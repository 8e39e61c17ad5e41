import type { PhotoId } from '../../protocol/index.ts';
import type { Connection } from '../database/connection.ts';
import { spaceRange } from '../database/keys.ts';
import { isObject } from '../database/rows.ts';
import type { Space } from '../vectors/vectors.ts';
import { decodeRegions, type Regions } from './regionRows.ts';

/** The regions of a photo. */
export interface PhotoRegionVectors extends Regions {
  readonly id: PhotoId;
}

/** Codes of regions, as read back. */
export interface SavedRegions {
  readonly photos: Uint32Array<ArrayBuffer>;
  /** (photos × 8): the view of each in steps of 1/255, and its four windows. */
  readonly places: Uint8Array<ArrayBuffer>;
  readonly codes: ArrayBuffer;
}

/** Vectors of parts of photos, by space. */
export class RegionVectors {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** All photos with regions in a space, ascending. */
  ids(spaceId: string): Promise<readonly PhotoId[]> {
    return this.#connection.run(['regions'], 'readonly', async (tx) =>
      (await tx.objectStore('regions').getAllKeys(spaceRange(spaceId))).map(([, id]) => id),
    );
  }

  /** Number of photos with regions in a space. */
  count(spaceId: string): Promise<number> {
    return this.#connection.run(['regions'], 'readonly', (tx) =>
      tx.objectStore('regions').count(spaceRange(spaceId)),
    );
  }

  /** The saved codes; `null` if there are none, or malformed ones. Their container is unchecked. */
  async saved(spaceId: string): Promise<SavedRegions | null> {
    const row: unknown = await this.#connection.run(['regionIndexes'], 'readonly', (tx) =>
      tx.objectStore('regionIndexes').get(spaceId),
    );
    if (!isObject(row)) return null;
    const { photos, places, codes } = row;
    const are = [photos, places, codes].every((each) => each instanceof ArrayBuffer);
    if (!are || 2 * (photos as ArrayBuffer).byteLength !== (places as ArrayBuffer).byteLength)
      return null;
    if ((photos as ArrayBuffer).byteLength % 4 !== 0) return null;
    return {
      photos: new Uint32Array(photos as ArrayBuffer),
      places: new Uint8Array(places as ArrayBuffer),
      codes: codes as ArrayBuffer,
    };
  }

  /** Saves codes, unless a photo among them was deleted meanwhile. Returns whether it did. */
  save(spaceId: string, { photos, places, codes }: SavedRegions): Promise<boolean> {
    return this.#connection.run(['regions', 'regionIndexes'], 'readwrite', async (tx) => {
      const keys = await tx.objectStore('regions').getAllKeys(spaceRange(spaceId));
      const there = new Set(keys.map(([, id]) => id));
      if (!photos.every((id) => there.has(id))) return false;
      const row = { photos: photos.slice().buffer, places: places.slice().buffer, codes };
      await tx.objectStore('regionIndexes').put(row, spaceId);
      return true;
    });
  }

  /** The regions of some photos; skips missing and malformed ones. */
  of({ id: spaceId, d }: Space, ids: readonly PhotoId[]): Promise<readonly PhotoRegionVectors[]> {
    return this.#connection.run(['regions'], 'readonly', async (tx) => {
      const store = tx.objectStore('regions');
      const rows: unknown[] = await Promise.all(ids.map((id) => store.get([spaceId, id])));
      return ids.flatMap((id, i) => readable(id, rows[i], d));
    });
  }
}

function readable(id: PhotoId, row: unknown, d: number): PhotoRegionVectors[] {
  const regions = decodeRegions(row, d);
  return regions ? [{ id, ...regions }] : [];
}
