import { AkinError } from '../../base/errors.ts';
import type { Connection } from '../database/connection.ts';
import type { StoredOriginal } from './storedOriginal.ts';

/**
 * `meta` key of a blob that is written and deleted again, to probe whether the browser stores
 * blobs.
 */
export const BLOB_PROBE = 'probe.blob';

/** How a browser stores originals, determined once by writing one. */
export class OriginalForm {
  readonly #connection: Connection;
  #takesBlobs: Promise<boolean> | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Whether blobs can be stored.
   *
   * @throws AkinError `quota-exceeded`, `storage-closed`, `too-new`; the next call probes again
   */
  takesBlobs(): Promise<boolean> {
    const asked = this.#takesBlobs ?? this.#probe();
    this.#takesBlobs = asked;
    asked.catch(() => {
      this.#takesBlobs = null;
    });
    return asked;
  }

  /** Call before the transaction that writes it, as that can't wait for bytes. */
  async toStored(blob: Blob): Promise<StoredOriginal> {
    if (await this.takesBlobs()) return blob;
    return { bytes: await blob.arrayBuffer(), type: blob.type };
  }

  async #probe(): Promise<boolean> {
    const text = 'akin';
    try {
      // Until commit: some browsers refuse it at once, some at the request, some at commit.
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
