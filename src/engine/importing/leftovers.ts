import type { PhotoId, WaitingFile } from '../../protocol/index.ts';

/**
 * Files that wait in the store and that no tab has at hand, such as those of an earlier visit: were the
 * library deleted, they would be lost, and this is how they can still be named.
 */
export class Leftovers {
  readonly #files = new Map<PhotoId, WaitingFile>();

  /** Takes the store's answer of what waits. */
  set(files: readonly WaitingFile[]): void {
    this.#files.clear();
    for (const file of files) this.#files.set(file.id, file);
  }

  /** These are photos now. */
  imported(ids: readonly PhotoId[]): void {
    for (const id of ids) this.#files.delete(id);
  }

  clear(): void {
    this.#files.clear();
  }

  /** Gives all of them, and keeps none. */
  take(): readonly WaitingFile[] {
    const files = [...this.#files.values()];
    this.#files.clear();
    return files;
  }
}
