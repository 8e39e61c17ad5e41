/** The vectors of a segment as they were added, kept outside of memory: in a file, as a rule. */
export interface VectorSource {
  /** Bytes outside of memory. */
  readonly bytes: number;

  /**
   * Writes the vector of an id into `target` (`d` long). Returns whether there is one that can be
   * read; where not, `target` may hold anything.
   */
  read(id: number, target: Float32Array): boolean;

  /** Lets go of what is held open. Nothing can be read any more. */
  dispose(): void;
}
