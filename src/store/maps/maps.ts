import type { PhotoId } from '../../protocol/index.ts';
import type { Connection } from '../database/connection.ts';
import { spaceRange } from '../database/keys.ts';
import type { MapRow } from '../database/schema.ts';
import { decodeMap, encodeMap, type SavedMap, withOnly } from './mapRows.ts';

/** Where photos lie on the map of each space. Holds no photo that was deleted permanently. */
export class Maps {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` if there is none, or a malformed one. */
  async get(spaceId: string): Promise<SavedMap | null> {
    const row: unknown = await this.#connection.run(['maps'], 'readonly', (tx) =>
      tx.objectStore('maps').get(spaceId),
    );
    return decodeMap(row);
  }

  /**
   * Replaces a space's map, without photos that were deleted meanwhile.
   *
   * @param since with the time of a layout: only if that is still the one that is there
   * @returns whether it was saved: not if the space was dropped meanwhile or no photo is left
   */
  save(spaceId: string, map: SavedMap, since?: number): Promise<boolean> {
    return this.#connection.run(['maps', 'photos', 'vectors'], 'readwrite', async (tx) => {
      const maps = tx.objectStore('maps');
      if (since !== undefined && decodeMap(await maps.get(spaceId))?.laidOutAt !== since) {
        return false;
      }
      const first = await tx.objectStore('vectors').getKey(spaceRange(spaceId));
      if (first === undefined) return false;
      const there = new Set<PhotoId>(await tx.objectStore('photos').getAllKeys());
      const kept = withOnly(map, (id) => there.has(id));
      if (kept.ids.length === 0) return false;
      await maps.put(encodeMap(kept), spaceId);
      return true;
    });
  }
}

/** The store of maps, within the caller's transaction. */
export interface MapStore {
  getAllKeys(): Promise<string[]>;
  get(spaceId: string): Promise<unknown>;
  put(row: MapRow, spaceId: string): Promise<unknown>;
  delete(spaceId: string): Promise<unknown>;
}

/** Takes photos off all maps; a malformed map goes altogether. */
export async function takeOffMaps(maps: MapStore, ids: readonly PhotoId[]): Promise<void> {
  const gone = new Set(ids);
  for (const spaceId of await maps.getAllKeys()) {
    const map = decodeMap(await maps.get(spaceId));
    if (!map) {
      await maps.delete(spaceId);
      continue;
    }
    const kept = withOnly(map, (id) => !gone.has(id));
    if (kept !== map) await maps.put(encodeMap(kept), spaceId);
  }
}
