import { AkinError } from '../../base/errors.ts';
import { toStorageError } from './errors.ts';
import { FIRST_GENERATION, firstGeneration } from './generation.ts';
import { isManifestRow } from './rows.ts';
import type { AkinSchema, Database, StoreName } from './schema.ts';

/** `meta` key of the library's random id, assigned once. */
export const LIBRARY = 'library';

/** `meta` key of the numbers that this library's ids start above: photo, then face. */
export const FIRST_NUMBERS = 'first-numbers';

/**
 * Gap above the last id seen of a lost library, for ids assigned since. A new photo must not have
 * the id of an old one that a tab still shows.
 */
const NUMBERS_LEFT = 2 ** 17;

const STORES = ['meta', 'jobs', 'photos', 'faces', 'manifest'] as const;

/** Which library a database holds, and its highest ids when last checked. */
export interface LibraryIdentity {
  readonly id: string;
  readonly lastPhoto: number;
  readonly lastFace: number;
  readonly generation: number;
}

/**
 * Identifies the library in the database, assigning an id if it has none. If it replaces `gone`,
 * its ids continue above that one's.
 *
 * @returns `null` if it has no id and none could be written, for example on a full disk
 * @returns `null` where it has no id and none could be written, as on a full disk
 * @throws AkinError as {@link toStorageError} says
 */
export async function identify(
  db: Database,
  gone: LibraryIdentity | null,
): Promise<LibraryIdentity | null> {
  // A database with missing stores is not from this version; the call that needs them fails.
  if (!STORES.every((name) => db.objectStoreNames.contains(name))) return null;
  try {
    const found = await read(db);
    if (found) return found;
    await name(db, gone);
    return await read(db);
  } catch (thrown) {
    const error = toStorageError(thrown);
    if (error.code === 'quota-exceeded') return null;
    throw error;
  }
}

/** The error for a library that is no longer there. */
export function lostLibrary(): AkinError {
  return new AkinError('storage-lost', 'The browser deleted the library. Akin starts a new one.');
}

async function read(db: Database): Promise<LibraryIdentity | null> {
  const tx = db.transaction(STORES, 'readonly');
  const last = async (name: StoreName) => {
    const cursor = await tx.objectStore(name as 'jobs').openKeyCursor(null, 'prev');
    return typeof cursor?.key === 'number' ? cursor.key : 0;
  };
  const meta = tx.objectStore('meta');
  const [id, manifests, first, numbers, job, photo, face] = await Promise.all([
    meta.get(LIBRARY),
    tx.objectStore('manifest').getAll(),
    meta.get(FIRST_GENERATION),
    meta.get(FIRST_NUMBERS),
    last('jobs'),
    last('photos'),
    last('faces'),
    tx.done,
  ]);
  if (typeof id !== 'string') return null;
  const generations = manifests.filter(isManifestRow).map((row) => row.generation);
  const generation = Math.max(firstGeneration(first), ...generations);
  const [firstPhoto, firstFace] = firstNumbers(numbers);
  return {
    id,
    lastPhoto: Math.max(job, photo, firstPhoto),
    lastFace: Math.max(face, firstFace),
    generation,
  };
}

/** Parses the value of {@link FIRST_NUMBERS}; zeros if this library replaced none. */
function firstNumbers(kept: unknown): [photo: number, face: number] {
  const [photo, face] = Array.isArray(kept) ? (kept as unknown[]) : [];
  return [
    Number.isSafeInteger(photo) ? Number(photo) : 0,
    Number.isSafeInteger(face) ? Number(face) : 0,
  ];
}

/** Assigns an id to a library without one; the first of concurrent calls wins. */
async function name(db: Database, gone: LibraryIdentity | null): Promise<void> {
  const tx = db.transaction(STORES, 'readwrite');
  const work = async () => {
    if (typeof (await tx.objectStore('meta').get(LIBRARY)) === 'string') return;
    if (gone) await goOn(tx, crypto.randomUUID(), gone);
    else await tx.objectStore('meta').put(crypto.randomUUID(), LIBRARY);
  };
  await Promise.all([work(), tx.done]);
}

/**
 * Starts a library whose ids continue above those of the previous one.
 *
 * @param tx of an empty database, with at least these stores
 */
export async function goOn(
  tx: { objectStore(name: 'meta' | 'jobs' | 'faces'): unknown },
  id: string,
  before: LibraryIdentity,
): Promise<void> {
  const meta = tx.objectStore('meta') as { put(value: unknown, name: string): Promise<unknown> };
  const photo = before.lastPhoto + NUMBERS_LEFT;
  const face = before.lastFace > 0 ? before.lastFace + NUMBERS_LEFT : 0;
  await meta.put(id, LIBRARY);
  await meta.put(before.generation + NUMBERS_LEFT, FIRST_GENERATION);
  // Until there are rows, only this mark says where the next library starts.
  await meta.put([photo, face], FIRST_NUMBERS);
  await startAbove(tx.objectStore('jobs'), photo);
  if (face > 0) await startAbove(tx.objectStore('faces'), face);
}

interface Numbered {
  put(row: AkinSchema['jobs']['value'] | AkinSchema['faces']['value']): Promise<unknown>;
  delete(key: number): Promise<unknown>;
}

/** An explicit key advances the key generator, and deleting the row doesn't rewind it. */
async function startAbove(store: unknown, number: number): Promise<void> {
  const numbered = store as Numbered;
  await numbered.put({ id: number } as AkinSchema['jobs']['value']);
  await numbered.delete(number);
}
