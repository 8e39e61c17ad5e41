import { AkinError } from '../../base/errors.ts';
import { toStorageError } from './errors.ts';
import { FIRST_GENERATION, firstGeneration } from './generation.ts';
import { isManifestRow } from './rows.ts';
import type { AkinSchema, Database, StoreName } from './schema.ts';

/** Under this name `meta` keeps a random id, given once: by it a library is known to be the same. */
export const LIBRARY = 'library';

/** Under this name `meta` keeps the numbers above which those of the library begin: photo, then face. */
export const FIRST_NUMBERS = 'first-numbers';

/**
 * Room left above the last number that was seen of a library that is gone, for those that were given
 * since, or before to what is gone. A photo of the next library must not be taken for one that a tab still shows of it.
 */
const NUMBERS_LEFT = 2 ** 17;

const STORES = ['meta', 'jobs', 'photos', 'faces', 'manifest'] as const;

/** Which library a database holds, and how far its numbers went when it was looked at. */
export interface LibraryIdentity {
  readonly id: string;
  readonly lastPhoto: number;
  readonly lastFace: number;
  readonly generation: number;
}

/**
 * Looks which library the database holds; one without an id is given one. Where it is to take the place
 * of `gone`, its numbers go on above that one's.
 *
 * @returns `null` where it has no id and none could be written, as on a full disk
 * @throws AkinError as {@link toStorageError} says
 */
export async function identify(
  db: Database,
  gone: LibraryIdentity | null,
): Promise<LibraryIdentity | null> {
  // What a database lacks that is not of this version's making, whoever asks for it hears.
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

/** Says that the library is not there any more. */
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

/** What is kept under {@link FIRST_NUMBERS}; zeros where this library took no other's place. */
function firstNumbers(kept: unknown): [photo: number, face: number] {
  const [photo, face] = Array.isArray(kept) ? (kept as unknown[]) : [];
  return [
    Number.isSafeInteger(photo) ? Number(photo) : 0,
    Number.isSafeInteger(face) ? Number(face) : 0,
  ];
}

/** Gives an id to a library without one; of several that do so at once, the first does. */
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
 * Begins a library whose numbers go on above those of the one before.
 *
 * @param tx of an empty database, on these stores at least
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
  // Until there are rows, nothing else tells where the next library has to begin.
  await meta.put([photo, face], FIRST_NUMBERS);
  await startAbove(tx.objectStore('jobs'), photo);
  if (face > 0) await startAbove(tx.objectStore('faces'), face);
}

interface Numbered {
  put(row: AkinSchema['jobs']['value'] | AkinSchema['faces']['value']): Promise<unknown>;
  delete(key: number): Promise<unknown>;
}

/** A key that is given by hand takes the key generator along, and deleting the row does not take it back. */
async function startAbove(store: unknown, number: number): Promise<void> {
  const numbered = store as Numbered;
  await numbered.put({ id: number } as AkinSchema['jobs']['value']);
  await numbered.delete(number);
}
