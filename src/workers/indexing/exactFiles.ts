import type { SegmentedIndex } from '../../ann/index.ts';
import type { TrainSpace } from '../../protocol/index.ts';
import type { Indexes, LoadedSegment, VectorFiles } from '../../store/index.ts';

/** Files of exact vectors beside an index's segments: opened with them, and garbage-collected. */
export class ExactFiles {
  readonly #files: VectorFiles;
  readonly #store: Pick<Indexes, 'vectorFiles'>;
  /** Whether an unreferenced file may exist: a tab may have died while writing one. */
  #dirty = true;

  constructor(files: VectorFiles, store: Pick<Indexes, 'vectorFiles'>) {
    this.#files = files;
    this.#store = store;
  }

  /**
   * Opens the files of an index's segments. Skips a file that is missing, damaged or open in
   * another tab; its segment then ranks with what is in memory.
   *
   * @param stored each segment's number in the store, by its key in the index
   * @param isCurrent whether the index is still in use
   */
  async attach(
    index: SegmentedIndex,
    space: TrainSpace,
    segments: readonly LoadedSegment[],
    stored: ReadonlyMap<number, number>,
    isCurrent: () => boolean,
  ): Promise<void> {
    for (const [key, number] of stored) {
      const name = segments.find(({ id }) => id === number)?.vectorFile;
      if (name === undefined) continue;
      const file = await this.#files.open(name, space).catch(() => null);
      if (file && isCurrent()) index.attach(key, file);
      else file?.dispose();
    }
  }

  /** Marks that there may be files to collect. */
  markDirty(): void {
    this.#dirty = true;
  }

  /** Deletes unreferenced files while no tab writes. Never rejects; failures are retried later. */
  async collectGarbage(): Promise<void> {
    if (!this.#dirty) return;
    try {
      this.#dirty = !(await this.#files.collectGarbage(await this.#store.vectorFiles()));
    } catch {
      // Retried at the next change to the index.
    }
  }
}
