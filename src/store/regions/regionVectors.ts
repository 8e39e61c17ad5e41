import type { PhotoId } from '../../protocol/index.ts';
import type { Connection } from '../database/connection.ts';
import { spaceRange, spaceRangeAfter } from '../database/keys.ts';
import type { Space } from '../vectors/vectors.ts';
import { decodeRegions, type Regions } from './regionRows.ts';

/** Photos read per chunk: 1.5 MB at `d` = 384. */
const CHUNK = 1_000;

/** The regions of a photo. */
export interface PhotoRegionVectors extends Regions {
  readonly id: PhotoId;
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

  /** The regions of some photos; skips missing and malformed ones. */
  of({ id: spaceId, d }: Space, ids: readonly PhotoId[]): Promise<readonly PhotoRegionVectors[]> {
    return this.#connection.run(['regions'], 'readonly', async (tx) => {
      const store = tx.objectStore('regions');
      const rows: unknown[] = await Promise.all(ids.map((id) => store.get([spaceId, id])));
      return ids.flatMap((id, i) => readable(id, rows[i], d));
    });
  }

  /** The regions of all photos of a space, in chunks, ascending; skips malformed ones. */
  async *all({ id: spaceId, d }: Space): AsyncGenerator<readonly PhotoRegionVectors[]> {
    for (let after = 0; ; ) {
      const range = spaceRangeAfter(spaceId, after);
      const [keys, rows] = await this.#connection.run(['regions'], 'readonly', (tx) => {
        const store = tx.objectStore('regions');
        return Promise.all([store.getAllKeys(range, CHUNK), store.getAll(range, CHUNK)]);
      });
      yield keys.flatMap(([, id], i) => readable(id, rows[i], d));
      const last = keys.at(-1);
      if (!last || keys.length < CHUNK) return;
      after = last[1];
    }
  }
}

function readable(id: PhotoId, row: unknown, d: number): PhotoRegionVectors[] {
  const regions = decodeRegions(row, d);
  return regions ? [{ id, ...regions }] : [];
}
