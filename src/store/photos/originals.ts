import { AkinError } from '../../base/errors.ts';
import type { Connection } from '../database/connection.ts';
import type { StoredOriginal } from './storedOriginal.ts';

/** Under this name a blob is written once, and deleted again, to see whether the browser takes any. */
export const BLOB_PROBE = 'probe.blob';

/** In which form a browser keeps originals: found out once, by writing one. */
export class OriginalForm {
  readonly #connection: Connection;
  #takesBlobs: Promise<boolean> | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Whether blobs can be kept.
   *
   * @throws AkinError `quota-exceeded`, `storage-closed`, `too-new`; the next call asks again
   */
  takesBlobs(): Promise<boolean> {
    const asked = this.#takesBlobs ?? this.#probe();
    this.#takesBlobs = asked;
    asked.catch(() => {
      this.#takesBlobs = null;
    });
    return asked;
  }

  /** To be called before the transaction that writes it, which can't wait for bytes. */
  async toStored(blob: Blob): Promise<StoredOriginal> {
    if (await this.takesBlobs()) return blob;
    return { bytes: await blob.arrayBuffer(), type: blob.type };
  }

  async #probe(): Promise<boolean> {
    const text = 'akin';
    try {
      // To the end: some browsers refuse it at once, some with the request, some when it is committed.
      await this.#connection.run(['meta'], 'readwrite', (tx) =>
        tx.objectStore('meta').put(new Blob([text]), BLOB_PROBE),
      );
      const kept: unknown = await this.#connection.run(['meta'], 'readwrite', async (tx) => {
        const value: unknown = await tx.objectStore('meta').get(BLOB_PROBE);
        await tx.objectStore('meta').delete(BLOB_PROBE);
        return value;
      });
      return kept instanceof Blob && kept.size === text.length;
    } catch (thrown) {
      if (thrown instanceof AkinError && thrown.code !== 'storage-failed') throw thrown;
      return false;
    }
  }
}
