/** Bytes held in memory before they become a blob, which the browser may store on disk. */
const BLOB_BYTES = 2 ** 24;

/** Collects a file's bytes. */
export class BlobSink {
  #blobs: Blob[] = [];
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #held = 0;

  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(bytes);
    this.#held += bytes.length;
    if (this.#held >= BLOB_BYTES) this.#flush();
  }

  /** Everything added. */
  blob(): Blob {
    this.#flush();
    return new Blob(this.#blobs);
  }

  #flush(): void {
    this.#blobs.push(new Blob(this.#chunks));
    [this.#chunks, this.#held] = [[], 0];
  }
}
