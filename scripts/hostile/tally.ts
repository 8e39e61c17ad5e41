import type { Page } from '@playwright/test';
import { OF_THE_FILE } from '../../src/base/fileFailures.ts';

/** Inconsistencies of a library, as messages, and the outcome of the files. */
export interface Tally {
  readonly photos: number;
  readonly failures: number;
  /** Files neither imported nor failed. */
  readonly waiting: number;
  /** Partial records, one message each. */
  readonly partial: readonly string[];
  /** Failures caused by Akin rather than by the file. */
  readonly broken: readonly string[];
}

/**
 * Inspects the database itself, store by store: each photo must have its original, thumbnail and
 * vector, and a failed file must have only its entry in the list.
 */
export function tally(page: Page): Promise<Tally> {
  return page.evaluate(async (ofTheFile) => {
    const partial: string[] = [];
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await result(indexedDB.open('akin'));
    const tx = database.transaction([...database.objectStoreNames]);
    const keysOf = async (store: string) =>
      (await result(tx.objectStore(store).getAllKeys())).map((key) =>
        Number(Array.isArray(key) ? key[1] : key),
      );
    const [photos, jobs, originals, thumbs, vectors, delta] = await Promise.all([
      result(tx.objectStore('photos').getAll()),
      result(tx.objectStore('jobs').getAll()),
      keysOf('originals'),
      keysOf('thumbs'),
      keysOf('vectors'),
      keysOf('delta'),
    ]);
    database.close();

    const ids = new Set<number>(photos.map(({ id }) => id));
    const kept = new Set<number>(jobs.filter(({ stored }) => stored).map(({ id }) => id));
    const has = (keys: number[], id: number) => keys.includes(id);
    for (const { id, name, width, height } of photos) {
      const who = `${id} ${JSON.stringify(name).slice(0, 60)}`;
      if (!has(originals, id)) partial.push(`Photo ${who} has no original.`);
      if (!has(thumbs, id)) partial.push(`Photo ${who} has no thumbnail.`);
      if (!has(vectors, id)) partial.push(`Photo ${who} has no vector.`);
      if (!(width > 0 && height > 0)) partial.push(`Photo ${who} has no size.`);
      if (jobs.some((job) => job.id === id)) partial.push(`Photo ${who} is listed as a file, too.`);
    }
    for (const id of originals) {
      if (!ids.has(id) && !kept.has(id)) partial.push(`Original ${id} is nobody’s.`);
    }
    for (const id of kept) if (!has(originals, id)) partial.push(`File ${id} has no original.`);
    const rest = { thumbnail: thumbs, vector: vectors, 'mark of the index': delta };
    for (const [what, keys] of Object.entries(rest)) {
      for (const id of keys) if (!ids.has(id)) partial.push(`The ${what} ${id} is nobody’s.`);
    }

    // Check readability: the original must have its stated length, and the thumbnail must decode.
    const akin = window.akin!;
    for (const { id, bytes } of await akin.list()) {
      const original = await akin.original(id).catch(() => null);
      if (original?.size !== bytes) partial.push(`The original of ${id} can’t be read.`);
      const [thumb] = await akin.thumbs([id]).catch(() => []);
      const image = new Image();
      image.src = thumb?.src ?? '';
      await image.decode().catch(() => partial.push(`The thumbnail of ${id} can’t be drawn.`));
    }
    const { vectors: found } = await akin.stats();
    if (found !== ids.size) partial.push(`The index holds ${found} of ${ids.size} photos.`);

    const failed = jobs.filter(({ state }) => state === 'failed');
    return {
      photos: photos.length,
      failures: failed.length,
      waiting: jobs.length - failed.length,
      partial,
      broken: failed
        .filter(({ code }) => !(ofTheFile as readonly string[]).includes(code))
        .map(
          ({ name, code, message }) => `${JSON.stringify(name).slice(0, 80)}: ${code}, ${message}`,
        ),
    };
  }, OF_THE_FILE);
}
