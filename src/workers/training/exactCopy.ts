import { toAkinError } from '../../base/errors.ts';
import type { TrainSpace } from '../../protocol/index.ts';
import type { VectorFiles, VectorFileWriter } from '../../store/index.ts';

/**
 * A file of the vectors of an index that is being built. An index without one only ranks a little
 * less well: what goes wrong with the file ends it, and is told as a warning.
 */
export class ExactCopy {
  #file: VectorFileWriter | null = null;
  /** What went wrong, in words; `null` where nothing did. */
  warning: string | null = null;

  private constructor() {}

  static async begin(files: Pick<VectorFiles, 'create'>, space: TrainSpace): Promise<ExactCopy> {
    const copy = new ExactCopy();
    try {
      copy.#file = await files.create(space);
    } catch (thrown) {
      copy.#fail(thrown);
    }
    return copy;
  }

  add(ids: Uint32Array, vectors: Float32Array): void {
    this.#try((file) => file.append(ids, vectors));
  }

  /** Makes the file whole. Returns its name, `null` where there is none. */
  finish(): string | null {
    this.#try((file) => file.finish());
    const name = this.#file?.name ?? null;
    this.#file = null;
    return name;
  }

  /** Leaves an unfinished file to be cleared away. */
  end(): void {
    this.#file?.close();
    this.#file = null;
  }

  #try(write: (file: VectorFileWriter) => void): void {
    if (!this.#file) return;
    try {
      write(this.#file);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    this.end();
    this.warning = `Results are ranked with rounded vectors: ${toAkinError(thrown).message}`;
  }
}
