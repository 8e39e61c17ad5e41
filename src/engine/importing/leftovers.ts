import type { PhotoId, WaitingFile } from '../../protocol/index.ts';

/**
 * Files waiting in the store that no tab holds, such as those from an earlier visit. If the library
 * were deleted they would be lost; this list lets Akin name them.
 */
export class Leftovers {
  readonly #files = new Map<PhotoId, WaitingFile>();

  /** Sets the waiting files reported by the store. */
  set(files: readonly WaitingFile[]): void {
    this.#files.clear();
    for (const file of files) this.#files.set(file.id, file);
  }

  /** Removes files that have become photos. */
  imported(ids: readonly PhotoId[]): void {
    for (const id of ids) this.#files.delete(id);
  }

  clear(): void {
    this.#files.clear();
  }

  /** Returns all of them and clears the list. */
  take(): readonly WaitingFile[] {
    const files = [...this.#files.values()];
    this.#files.clear();
    return files;
  }
}
