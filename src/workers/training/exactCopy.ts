import { toAkinError } from '../../base/errors.ts';
import type { TrainSpace } from '../../protocol/index.ts';
import type { VectorFiles, VectorFileWriter } from '../../store/index.ts';

/**
 * A file with the vectors of an index under construction. An index without one only ranks slightly
 * worse, so an error with the file abandons it and is reported as a warning.
 */
export class ExactCopy {
  #file: VectorFileWriter | null = null;
  /** The error in words; `null` if there was none. */
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

  /** Completes the file. Returns its name, or `null` if there is none. */
  finish(): string | null {
    this.#try((file) => file.finish());
    const name = this.#file?.name ?? null;
    this.#file = null;
    return name;
  }

  /** Abandons an unfinished file to garbage collection. */
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
