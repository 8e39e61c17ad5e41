/** Original vectors of a segment, stored outside memory, usually in a file. */
export interface VectorSource {
  /** Bytes outside of memory. */
  readonly bytes: number;

  /**
   * Writes an id's vector to `target` (`d` long). Returns whether it could be read; if not,
   * `target` may hold anything.
   */
  read(id: number, target: Float32Array): boolean;

  /** Releases resources. Nothing can be read afterwards. */
  dispose(): void;
}
