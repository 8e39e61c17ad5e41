import { AkinError } from '../../base/errors.ts';
import type { Connection } from '../database/connection.ts';
import { FIRST_GENERATION, firstGeneration } from '../database/generation.ts';
import { spacesIn } from '../database/keys.ts';
import { isManifestRow } from '../database/rows.ts';
import { isQueryRow, withoutPeople } from '../queries/queries.ts';
import { deleteUnlistedSegments } from '../vectors/unlistedSegments.ts';
import { vectorOwner } from '../vectors/vectorOwner.ts';
import { FIRST_FACE } from './faceRows.ts';

/** Prefix of the names of settings and marks about faces. */
const FACE_SETTINGS = 'faces.';

const ERASED = [
  'faces',
  'chips',
  'faceScans',
  'peopleLog',
  'vectors',
  'delta',
  'manifest',
  'segments',
  'tombstones',
  'meta',
  'queries',
] as const;

/**
 * Deletes all face data: faces, chips, scans, the people log, vectors, indexes, tombstones, and
 * settings named `faces.…`. Photos and their indexes stay, and saved queries do without people.
 *
 * The manifests of face spaces are deleted too, as not even their names may remain. So spaces
 * without a manifest start at a later generation from now on, as after `clear`: an index that
 * another tab is still training on the faces can't be saved.
 *
 * @param spaceIds the known face spaces; spaces without a photo vector are erased as well
 * @throws AkinError `invalid-argument` if one of them holds photos; nothing is changed then
 */
export function eraseFaces(connection: Connection, spaceIds: readonly string[]): Promise<void> {
  return connection.run(ERASED, 'readwrite', async (tx) => {
    const vectors = tx.objectStore('vectors');
    const delta = tx.objectStore('delta');
    const manifests = tx.objectStore('manifest');
    for (const space of spaceIds) {
      if ((await vectorOwner(vectors, space)) !== 'photos') continue;
      throw new AkinError('invalid-argument', `${space} is a space of photos.`);
    }
    const meta = tx.objectStore('meta');
    const generations = [firstGeneration(await meta.get(FIRST_GENERATION))];
    for (const space of await manifests.getAllKeys()) {
      if ((await vectorOwner(vectors, space)) === 'photos') continue;
      const row: unknown = await manifests.get(space);
      if (isManifestRow(row)) generations.push(row.generation);
      await manifests.delete(space);
    }
    await deleteUnlistedSegments({ manifests, segments: tx.objectStore('segments') });

    for (const store of [vectors, delta]) {
      for (const space of await spacesIn(store)) {
        await store.delete(IDBKeyRange.bound([space, FIRST_FACE], [space, []]));
      }
    }
    await tx.objectStore('tombstones').delete(IDBKeyRange.lowerBound(FIRST_FACE));
    for (const name of ['faces', 'chips', 'faceScans', 'peopleLog'] as const) {
      await tx.objectStore(name).clear();
    }
    for (const name of await meta.getAllKeys()) {
      if (name.startsWith(FACE_SETTINGS)) await meta.delete(name);
    }
    const queries = tx.objectStore('queries');
    for (const row of await queries.getAll()) {
      const left = isQueryRow(row) ? withoutPeople(row) : null;
      if (left === null) await queries.delete((row as { id: string }).id);
      else if (left !== row) await queries.put(left);
    }
    await meta.put(Math.max(...generations) + 1, FIRST_GENERATION);
  });
}
