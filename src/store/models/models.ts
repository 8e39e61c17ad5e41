import { AkinError } from '../../base/errors.ts';
import type { Connection } from '../database/connection.ts';
import { isCount, isObject } from '../database/rows.ts';
import type { UserModelRow } from '../database/schema.ts';

/** `meta` key of the model chosen for photos. */
export const CHOSEN_MODEL = 'model';

/**
 * The chosen model and the space of its vectors; `null` if none was chosen or the value is damaged.
 */
export function chosenModel(kept: unknown): ChosenModel | null {
  if (!isObject(kept)) return null;
  const { id, spaceId } = kept;
  return typeof id === 'string' && typeof spaceId === 'string' ? { id, spaceId } : null;
}

export interface ChosenModel {
  readonly id: string;
  readonly spaceId: string;
}

/** Models provided by the user, with their files. */
export class Models {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Newest first. */
  async list(): Promise<readonly UserModelRow[]> {
    const rows: unknown[] = await this.#connection.run(['models'], 'readonly', (tx) =>
      tx.objectStore('models').getAll(),
    );
    return rows.filter(isUserModelRow).sort((a, b) => b.addedAt - a.addedAt);
  }

  async get(id: string): Promise<UserModelRow | null> {
    const row: unknown = await this.#connection.run(['models'], 'readonly', (tx) =>
      tx.objectStore('models').get(id),
    );
    return isUserModelRow(row) ? row : null;
  }

  /** The files of a model by name; none if there is no such model. */
  files(id: string): Promise<Record<string, ArrayBuffer>> {
    return this.#connection.run(['modelFiles'], 'readonly', async (tx) => {
      const files: Record<string, ArrayBuffer> = {};
      const range = IDBKeyRange.bound([id], [id, []], true, true);
      for await (const { key, value } of tx.store.iterate(range)) {
        if (value instanceof ArrayBuffer) files[key[1]] = value;
      }
      return files;
    });
  }

  /**
   * Saves a model with its files, atomically. Replaces one with the same id.
   *
   * @throws AkinError `quota-exceeded`, `storage-closed`, `storage-failed`
   */
  async add(row: UserModelRow, files: Readonly<Record<string, ArrayBuffer>>): Promise<void> {
    await this.#connection.run(['models', 'modelFiles'], 'readwrite', async (tx) => {
      const stored = tx.objectStore('modelFiles');
      await stored.delete(IDBKeyRange.bound([row.id], [row.id, []], true, true));
      await tx.objectStore('models').put(row);
      for (const [path, bytes] of Object.entries(files)) await stored.put(bytes, [row.id, path]);
    });
  }

  /**
   * Deletes a model and its files, unless it is in use or photos have vectors in its space.
   *
   * @throws AkinError `not-found`, `invalid-argument`
   */
  async remove(id: string): Promise<void> {
    const stores = ['models', 'modelFiles', 'vectors', 'meta'] as const;
    await this.#connection.run(stores, 'readwrite', async (tx) => {
      const row: unknown = await tx.objectStore('models').get(id);
      if (row === undefined) throw new AkinError('not-found', 'This model is not there any more.');
      if (chosenModel(await tx.objectStore('meta').get(CHOSEN_MODEL))?.id === id) {
        throw new AkinError(
          'invalid-argument',
          'Akin sees your photos with this model. Choose another one first, then remove it.',
          { details: { reason: 'model-in-use' } },
        );
      }
      const spaceId = isUserModelRow(row) ? row.spaceId : null;
      const range = spaceId && IDBKeyRange.bound([spaceId], [spaceId, []], true, true);
      if (range && (await tx.objectStore('vectors').getKey(range)) !== undefined) {
        throw new AkinError(
          'invalid-argument',
          'Photos are still moving away from this model. Remove it once they have moved.',
          { details: { reason: 'model-moving' } },
        );
      }
      await tx.objectStore('models').delete(id);
      await tx.objectStore('modelFiles').delete(IDBKeyRange.bound([id], [id, []], true, true));
    });
  }
}

function isUserModelRow(value: unknown): value is UserModelRow {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.title === 'string' &&
    typeof value.spaceId === 'string' &&
    isCount(value.d, 1) &&
    isCount(value.bytes, 1) &&
    typeof value.addedAt === 'number'
  );
}
