import { toStorageError } from '../database/errors.ts';
import { type SyncFile, VectorFile, VectorFileWriter } from './vectorFile.ts';
import type { Space } from './vectors.ts';

/** Folder of the origin private file system reserved for this module. */
const FOLDER = 'vectors';
const NAME = /^[0-9a-f-]{36}\.akvf$/;

type Folder = Pick<FileSystemDirectoryHandle, 'getFileHandle' | 'removeEntry'> & {
  keys(): AsyncIterable<string>;
};

/** Opens the folder of the files; rejects if the browser has none. */
export type OpenFolder = () => Promise<Folder>;

/** Whether a value is a valid name of a vector file. */
export function isVectorFileName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value);
}

/**
 * Files of full-precision vectors in the origin private file system, one for each sealed segment
 * that holds only codes: reading a vector from an open file takes microseconds, while an IndexedDB
 * request takes a round trip to another process.
 *
 * They are copies; the database is the source of truth. So a missing file, or one left by a crashed
 * tab, does no harm. A segment's manifest names its file; `collectGarbage` deletes files that no
 * manifest names.
 */
export class VectorFiles {
  readonly #open: OpenFolder;

  constructor(open: OpenFolder = ownFolder) {
    this.#open = open;
  }

  /**
   * Creates a file open for writing; `null` if the browser has no such files.
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
   * Opens a file for reading: several tabs at once if the browser supports it, else the first.
   *
   * @throws AkinError `storage-failed` if it doesn't exist or another tab has it open; as
   *   `VectorFile`
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
   * Deletes the files not named. No tab may be writing one at the time.
   *
   * @returns whether none remains: a file open in some tab stays
   */
  async collectGarbage(kept: ReadonlySet<string>): Promise<boolean> {
    const folder = await this.#folder();
    if (!folder) return true;
    // List first, then delete: iterating a changing folder is undefined.
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

  /** Whether the browser has such files but denies them to this window, as in private windows. */
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
      return null; /* unsupported, or denied, as in some browsers' private windows */
    }
  }
}

/** Options of newer browsers, which older ones ignore: open a file for several readers. */
interface SharedHandle {
  createSyncAccessHandle(options: { readonly mode: 'read-only' }): Promise<SyncFile>;
}

async function ownFolder(): Promise<Folder> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(FOLDER, { create: true });
}
