import { toStorageError } from '../database/errors.ts';
import { type SyncFile, VectorFile, VectorFileWriter } from './vectorFile.ts';
import type { Space } from './vectors.ts';

/** Folder of the origin's private file system that is this module's alone. */
const FOLDER = 'vectors';
const NAME = /^[0-9a-f-]{36}\.akvf$/;

type Folder = Pick<FileSystemDirectoryHandle, 'getFileHandle' | 'removeEntry'> & {
  keys(): AsyncIterable<string>;
};

/** Opens the folder that files are kept in; rejects where a browser has none. */
export type OpenFolder = () => Promise<Folder>;

/** Whether it may be the name of a file of vectors. */
export function isVectorFileName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}

/**
 * Files of exact vectors, one for a sealed segment that keeps codes alone, in the origin's private
 * file system: a vector is read from an open file in microseconds, where a request to IndexedDB
 * costs a message to another process and back.
 *
 * They are a copy. The vectors of the database are the truth, so that a file may be missing, or
 * left by a tab that died, without harm. A segment's manifest names its file; whatever no manifest
 * names is cleared away by `collectGarbage`.
 */
export class VectorFiles {
  readonly #open: OpenFolder;

  constructor(open: OpenFolder = ownFolder) {
    this.#open = open;
  }

  /**
   * A new file, open for writing; `null` where the browser has no such files.
   *
   * @throws AkinError `quota-exceeded`, `storage-failed`
   */
  async create(space: Space): Promise<VectorFileWriter | null> {
    const folder = await this.#folder();
    if (!folder) return null;
    const name = `${crypto.randomUUID()}.akvf`;
    try {
      const handle = await folder.getFileHandle(name, { create: true });
      if (typeof handle.createSyncAccessHandle !== 'function') return null;
      return new VectorFileWriter(name, await handle.createSyncAccessHandle(), space);
    } catch (thrown) {
      throw toStorageError(thrown);
    }
  }

  /**
   * Opens a file for reading: several tabs can at once, in browsers that know of it; in others the
   * first does.
   *
   * @throws AkinError `storage-failed` where there is none, or another tab has it open; as
   * `VectorFile`
   */
  async open(name: string, space: Space): Promise<VectorFile> {
    try {
      const folder = await this.#open();
      const handle = await folder.getFileHandle(name);
      const shared = handle as unknown as SharedHandle;
      const file = await shared.createSyncAccessHandle({ mode: 'read-only' });
      try {
        return new VectorFile(file, space);
      } catch (thrown) {
        file.close();
        throw thrown;
      }
    } catch (thrown) {
      throw toStorageError(thrown);
    }
  }

  /**
   * Removes the files that are not named. No tab may be writing one meanwhile.
   *
   * @returns whether none is left: a file that some tab has open stays
   */
  async collectGarbage(kept: ReadonlySet<string>): Promise<boolean> {
    const folder = await this.#folder();
    if (!folder) return true;
    // First listed, then removed: a folder that changes under its iterator promises nothing.
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    let clean = true;
    for (const name of names) {
      if (kept.has(name)) continue;
      try {
        await folder.removeEntry(name);
      } catch {
        clean = false;
      }
    }
    return clean;
  }

  /** Whether the browser has such files but does not let this window have any, as private ones don't. */
  async areDenied(): Promise<boolean> {
    try {
      await this.#open();
      return false;
    } catch (thrown) {
      return thrown instanceof DOMException && thrown.name === 'SecurityError';
    }
  }

  async #folder(): Promise<Folder | null> {
    try {
      return await this.#open();
    } catch {
      return null; /* none here, or none allowed, as in some browsers' private windows */
    }
  }
}

/** What newer browsers can do besides, and older ones pass over: open a file for several readers. */
interface SharedHandle {
  createSyncAccessHandle(options: { readonly mode: 'read-only' }): Promise<SyncFile>;
}

async function ownFolder(): Promise<Folder> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}
