import type { SegmentedIndex } from '../../ann/index.ts';
import type { TrainSpace } from '../../protocol/index.ts';
import type { Indexes, LoadedSegment, VectorFiles } from '../../store/index.ts';

/** The files of exact vectors beside the segments of an index: opened with them, and cleared away. */
export class ExactFiles {
  readonly #files: VectorFiles;
  readonly #store: Pick<Indexes, 'vectorFiles'>;
  /** Whether there may be a file that nothing needs: a tab may have died while it wrote one. */
  #dirty = true;

  constructor(files: VectorFiles, store: Pick<Indexes, 'vectorFiles'>) {
    this.#files = files;
    this.#store = store;
  }

  /**
   * Opens the files of the segments of an index. One that is missing, damaged or open in another tab
   * is passed over: then its segment ranks with what it has in memory.
   *
   * @param stored the store's number of each segment, by its key in the index
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

  /** Says that there may be files to clear away. */
  markDirty(): void {
    this.#dirty = true;
  }

  /** Clears away what no segment needs, while no tab writes. Never rejects: it is tried again. */
  async collectGarbage(): Promise<void> {
    if (!this.#dirty) return;
    try {
      this.#dirty = !(await this.#files.collectGarbage(await this.#store.vectorFiles()));
    } catch {
      // The next change to the index tries again.
    }
  }
}
