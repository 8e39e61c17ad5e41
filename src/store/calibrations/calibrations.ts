import { AkinError } from '../../base/errors.ts';
import type { PhotoId } from '../../protocol/index.ts';
import type { Connection } from '../database/connection.ts';
import { deleteSpaceIds, spaceRange, spaceRangeAfter, spacesIn } from '../database/keys.ts';
import { isManifestRow, isObject } from '../database/rows.ts';
import type { CalibrationRow, SpaceKey } from '../database/schema.ts';
import { deleteUnlistedSegments } from '../vectors/unlistedSegments.ts';
import { decodeVector } from '../vectors/vectors.ts';
import { isCalibratedSpace } from './calibratedSpaces.ts';
import { isCalibrationRow } from './calibrationRows.ts';
import { type Extenders, extendedBy } from './extenders.ts';

/** `meta` key of the calibration in use. It counts only with the model whose space it extends. */
export const CHOSEN_CALIBRATION = 'calibration';

/** Vectors dropped per transaction. */
const SLICE = 2_000;

/** A slice of the photos whose vectors were extended. */
export interface Filled {
  /** The photos looked at, ascending: some may have had their vector before. */
  readonly ids: readonly PhotoId[];
  /** Whether there are more. */
  readonly more: boolean;
}

/** What a user's calibrations take on disk. */
export interface CalibrationSize {
  /** Photos with a vector in its space. */
  readonly photos: number;
  /** Of vectors, index and the calibration itself. */
  readonly bytes: number;
}

/**
 * Calibrations adopted as spaces. Invariant: once its space is filled, a photo has a vector there if
 * and only if it has one in the base space, since both are written and deleted together.
 */
export class Calibrations {
  readonly #connection: Connection;
  readonly #extenders: Extenders;

  constructor(connection: Connection, extenders: Extenders) {
    this.#connection = connection;
    this.#extenders = extenders;
  }

  /** Latest first; skips malformed rows. */
  async list(): Promise<readonly CalibrationRow[]> {
    const rows: unknown[] = await this.#connection.run(['calibrations'], 'readonly', (tx) =>
      tx.objectStore('calibrations').getAll(),
    );
    return rows.filter(isCalibrationRow).sort((a, b) => b.addedAt - a.addedAt);
  }

  /** `null` if there is none with this id. */
  async get(id: string): Promise<CalibrationRow | null> {
    const row: unknown = await this.#connection.run(['calibrations'], 'readonly', (tx) =>
      tx.objectStore('calibrations').get(id),
    );
    return isCalibrationRow(row) ? row : null;
  }

  /**
   * Adopts a calibration. From then on every vector written in the base space is extended, too;
   * `fill` extends those that are there. Returns the row that is there if it was adopted before.
   *
   * @param most how many are kept
   * @throws AkinError `invalid-argument` if so many others are
   */
  add(row: CalibrationRow, most: number): Promise<CalibrationRow> {
    const stores = ['calibrations', 'vectors', 'delta', 'manifest'] as const;
    return this.#connection.run(stores, 'readwrite', async (tx) => {
      const calibrations = tx.objectStore('calibrations');
      const known: unknown = await calibrations.get(row.id);
      if (isCalibrationRow(known)) {
        if (isSame(known.bytes, row.bytes)) return known;
        // Both have the same hash, so those were damaged since; photos may have been left out.
        const { odds: _odds, ...rest } = known;
        const repaired = { ...rest, bytes: row.bytes };
        await calibrations.put(repaired);
        return repaired;
      }
      if ((await calibrations.count()) >= most) {
        throw new AkinError(
          'invalid-argument',
          `At most ${most} calibrations are kept. Remove one first.`,
          { details: { reason: 'calibrations-full', most } },
        );
      }
      // The same one may have been removed just now, and a part of its index already dropped.
      await tx.objectStore('manifest').delete(row.spaceId);
      await tx.objectStore('delta').delete(spaceRange(row.spaceId));
      await tx.objectStore('vectors').delete(spaceRange(row.spaceId));
      await calibrations.put(row);
      return row;
    });
  }

  /**
   * Extends the vectors of the next photos that lack one. Can be repeated after any interruption.
   *
   * @param after the last photo looked at before; 0 for the first slice
   * @param count most photos to look at
   * @returns `null` if the calibration is gone or can't be read
   */
  fill(id: string, after: PhotoId, count: number): Promise<Filled | null> {
    const stores = ['calibrations', 'vectors', 'delta'] as const;
    return this.#connection.run(stores, 'readwrite', async (tx) => {
      const row: unknown = await tx.objectStore('calibrations').get(id);
      const extender = isCalibrationRow(row) ? this.#extenders.of(row) : null;
      if (!extender || !isCalibrationRow(row)) return null;
      const { baseSpaceId, spaceId } = row;
      const vectors = tx.objectStore('vectors');
      const keys = await vectors.getAllKeys(spaceRangeAfter(baseSpaceId, after), count);
      const ids = keys.map(([, photo]) => photo);
      const [first, last] = [ids[0], ids.at(-1)];
      if (first === undefined || last === undefined) return { ids, more: false };
      const there = IDBKeyRange.bound([spaceId, first], [spaceId, last]);
      const extended = new Set((await vectors.getAllKeys(there)).map(([, photo]) => photo));
      const missing = ids.filter((photo) => !extended.has(photo));
      const stored = await Promise.all(missing.map((photo) => vectors.get([baseSpaceId, photo])));
      const writes: Promise<unknown>[] = [];
      missing.forEach((photo, i) => {
        const vector = decodeVector(stored[i], extender.d);
        const value = vector && extendedBy(extender, vector);
        if (!value) return;
        const key: SpaceKey = [spaceId, photo];
        writes.push(vectors.put(value, key), tx.objectStore('delta').put(true, key));
      });
      await Promise.all(writes);
      return { ids, more: ids.length === count };
    });
  }

  /** Records that a calibration can be chosen. Returns false if it is gone. */
  ready(id: string, odds: unknown): Promise<boolean> {
    return this.#connection.run(['calibrations'], 'readwrite', async (tx) => {
      const row: unknown = await tx.objectStore('calibrations').get(id);
      if (!isCalibrationRow(row)) return false;
      await tx.objectStore('calibrations').put({ ...row, odds });
      return true;
    });
  }

  /** The calibration in use with a model's space; `null` if the space is used as it is. */
  chosen(baseSpaceId: string): Promise<CalibrationRow | null> {
    return this.#connection.run(['calibrations', 'meta'], 'readonly', async (tx) => {
      const id = chosenId(await tx.objectStore('meta').get(CHOSEN_CALIBRATION));
      const row: unknown = id === null ? null : await tx.objectStore('calibrations').get(id);
      const counts = isCalibrationRow(row) && row.baseSpaceId === baseSpaceId;
      return counts && row.odds !== undefined ? row : null;
    });
  }

  /**
   * Uses a calibration from now on, or, with `null`, the space as it is.
   *
   * @throws AkinError `not-found`; `invalid-argument` for one of another space, or that isn't filled
   */
  choose(id: string | null, baseSpaceId: string): Promise<void> {
    return this.#connection.run(['calibrations', 'meta'], 'readwrite', async (tx) => {
      const meta = tx.objectStore('meta');
      if (id === null) {
        await meta.delete(CHOSEN_CALIBRATION);
        return;
      }
      const row: unknown = await tx.objectStore('calibrations').get(id);
      if (!isCalibrationRow(row)) throw gone();
      if (row.baseSpaceId !== baseSpaceId) {
        throw new AkinError('invalid-argument', 'This was learned with another model.', {
          details: { reason: 'calibration-other-space' },
        });
      }
      if (row.odds === undefined) {
        throw new AkinError('invalid-argument', 'This is still being applied to your photos.', {
          details: { reason: 'calibration-filling' },
        });
      }
      await meta.put({ id }, CHOSEN_CALIBRATION);
    });
  }

  /**
   * Removes a calibration; `dropRemains` then deletes its vectors.
   *
   * @param baseSpaceId space of the model in use
   * @throws AkinError `not-found`; `invalid-argument` for the one in use
   */
  remove(id: string, baseSpaceId: string): Promise<void> {
    return this.#connection.run(['calibrations', 'meta'], 'readwrite', async (tx) => {
      const calibrations = tx.objectStore('calibrations');
      const row: unknown = await calibrations.get(id);
      if (row === undefined) throw gone();
      const meta = tx.objectStore('meta');
      if (chosenId(await meta.get(CHOSEN_CALIBRATION)) === id) {
        if (isCalibrationRow(row) && row.baseSpaceId === baseSpaceId) {
          throw new AkinError(
            'invalid-argument',
            'This is in use. Go back first, then remove it.',
            {
              details: { reason: 'calibration-in-use' },
            },
          );
        }
        await meta.delete(CHOSEN_CALIBRATION);
      }
      await calibrations.delete(id);
    });
  }

  /**
   * Drops a slice of the spaces whose calibration is gone: the index first, so a partial one is never
   * loaded, then the vectors. Call it until it returns false, across visits.
   */
  dropRemains(): Promise<boolean> {
    const stores = ['calibrations', 'vectors', 'delta', 'manifest', 'segments', 'maps'] as const;
    return this.#connection.run(stores, 'readwrite', async (tx) => {
      const [vectors, delta] = [tx.objectStore('vectors'), tx.objectStore('delta')];
      const manifests = tx.objectStore('manifest');
      const rows: unknown[] = await tx.objectStore('calibrations').getAll();
      const kept = new Set(rows.filter(isCalibrationRow).map(({ spaceId }) => spaceId));
      const all = [
        ...(await manifests.getAllKeys()),
        ...(await spacesIn(delta)),
        ...(await spacesIn(vectors)),
      ];
      const left = all.find((space) => isCalibratedSpace(space) && !kept.has(space));
      if (left === undefined) return false;
      await manifests.delete(left);
      await tx.objectStore('maps').delete(left);
      await deleteUnlistedSegments({ manifests, segments: tx.objectStore('segments') });
      const inDelta = (await delta.getAllKeys(spaceRange(left), SLICE)).map(([, id]) => id);
      await deleteSpaceIds(delta, left, inDelta);
      const ids = (await vectors.getAllKeys(spaceRange(left), SLICE)).map(([, id]) => id);
      await deleteSpaceIds(vectors, left, ids);
      return true;
    });
  }

  /** What a calibration takes on disk. Visits each of its vectors. */
  size({ spaceId, d, bytes }: CalibrationRow): Promise<CalibrationSize> {
    return this.#connection.run(['vectors', 'manifest'], 'readonly', async (tx) => {
      const photos = await tx.objectStore('vectors').count(spaceRange(spaceId));
      const manifest: unknown = await tx.objectStore('manifest').get(spaceId);
      const inVectors = photos * d * 4;
      let total = bytes.byteLength + inVectors;
      for (const entry of isManifestRow(manifest) ? manifest.segments : []) {
        // A file of exact vectors holds another copy of them.
        total += entry.byteLength + (entry.vectorFile === undefined ? 0 : inVectors);
      }
      return { photos, bytes: total };
    });
  }
}

/** The id of the stored choice; `null` if there is none or it is damaged. */
export function chosenId(kept: unknown): string | null {
  return isObject(kept) && typeof kept.id === 'string' ? kept.id : null;
}

function isSame(a: ArrayBuffer, b: ArrayBuffer): boolean {
  const [left, right] = [new Uint8Array(a), new Uint8Array(b)];
  return left.length === right.length && left.every((value, i) => value === right[i]);
}

const gone = () => new AkinError('not-found', 'This is not there any more.');
