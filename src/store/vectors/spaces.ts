import type { PhotoId } from '../../protocol/index.ts';
import { isCalibratedSpace } from '../calibrations/calibratedSpaces.ts';
import { isCalibrationRow } from '../calibrations/calibrationRows.ts';
import { CHOSEN_CALIBRATION, chosenId } from '../calibrations/calibrations.ts';
import type { Connection } from '../database/connection.ts';
import { deleteSpaceIds, spaceRange, spaceRangeAfter, spacesIn } from '../database/keys.ts';
import { isObject } from '../database/rows.ts';
import { isFaceKey } from '../faces/faceRows.ts';
import { CHOSEN_MODEL, chosenModel } from '../models/models.ts';
import { deleteUnlistedSegments } from './unlistedSegments.ts';
import { vectorOwner } from './vectorOwner.ts';

/** Vectors deleted per transaction. */
const SLICE = 2_000;

/**
 * - `more`: a slice was dropped, and more remain
 * - `dropped`: nothing of the space remains
 * - `needed`: a photo has its only vector here, or the move was reverted; nothing was dropped
 */
export type DropAnswer = 'more' | 'dropped' | 'needed';

/**
 * The spaces in which photos get vectors: more than one while a library moves to another model.
 * Those of calibrations, which are derived, don't count.
 */
export class Spaces {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Ids of all spaces that hold photo data, other than those of calibrations. */
  photoSpaces(): Promise<readonly string[]> {
    const stores = ['vectors', 'delta', 'manifest'] as const;
    return this.#connection.run(stores, 'readonly', async (tx) => {
      const vectors = tx.objectStore('vectors');
      const spaces = new Set([
        ...(await spacesIn(vectors)),
        ...(await spacesIn(tx.objectStore('delta'))),
        ...(await tx.objectStore('manifest').getAllKeys()),
      ]);
      const kept: string[] = [];
      for (const space of spaces) {
        if (isCalibratedSpace(space)) continue;
        const manifest: unknown = await tx.objectStore('manifest').get(space);
        if ((await vectorOwner(vectors, space, manifest)) === 'photos') kept.push(space);
      }
      return kept;
    });
  }

  /**
   * Drops a slice of a space that photos have left for `target`: its index first, so a partial one
   * is never loaded, then its vectors. Call it until it returns `dropped`, across visits. A photo
   * whose only vector is here (an earlier version may add some) keeps it, unless moving it has
   * failed. Its calibrations go first; `Calibrations.dropRemains` drops their spaces.
   */
  drop(space: string, target: string): Promise<DropAnswer> {
    const stores = [
      'photos',
      'vectors',
      'delta',
      'manifest',
      'segments',
      'ledger',
      'meta',
      'regions',
      'regionIndexes',
      'calibrations',
      'maps',
    ] as const;
    return this.#connection.run(stores, 'readwrite', async (tx) => {
      // Checked here, because another tab may revert the move between two slices.
      const chosen = chosenModel(await tx.objectStore('meta').get(CHOSEN_MODEL));
      if (chosen?.spaceId === space) return 'needed';
      const vectors = tx.objectStore('vectors');
      const keys = await vectors.getAllKeys(spaceRange(space), SLICE);
      const ids: PhotoId[] = keys.map(([, id]) => id);
      if (ids.some(isFaceKey)) return 'needed';
      for (const id of ids) {
        if ((await vectors.getKey([target, id])) !== undefined) continue;
        if ((await tx.objectStore('photos').getKey(id)) === undefined) continue;
        const row: unknown = await tx.objectStore('ledger').get(id);
        const failed = isObject(row) && isObject(row.failed) ? row.failed.space : undefined;
        if (failed !== target) return 'needed';
      }
      const calibrations = tx.objectStore('calibrations');
      for (const row of (await calibrations.getAll()).filter(isCalibrationRow)) {
        if (row.baseSpaceId !== space) continue;
        await calibrations.delete(row.id);
        const meta = tx.objectStore('meta');
        if (chosenId(await meta.get(CHOSEN_CALIBRATION)) === row.id)
          await meta.delete(CHOSEN_CALIBRATION);
      }
      await tx.objectStore('manifest').delete(space);
      await deleteUnlistedSegments({
        manifests: tx.objectStore('manifest'),
        segments: tx.objectStore('segments'),
      });
      // Not its whole delta: what a tab of an earlier version adds stays searchable until it moves.
      await deleteSpaceIds(tx.objectStore('delta'), space, ids);
      await deleteSpaceIds(vectors, space, ids);
      await tx.objectStore('regionIndexes').delete(space);
      await tx.objectStore('maps').delete(space);
      await deleteSpaceIds(tx.objectStore('regions'), space, ids);
      const last = ids.at(-1) ?? 0;
      const next = await vectors.getKey(spaceRangeAfter(space, last));
      return next === undefined ? 'dropped' : 'more';
    });
  }
}
