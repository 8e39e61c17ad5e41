import type { OpenFolder } from '../vectors/vectorFiles.ts';

/**
 * A folder of the origin private file system per the File System specification, for Node, which has
 * none: files of bytes, open for one writer or for several readers.
 */
export class PrivateFiles {
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Total bytes that may be written; more exceeds the quota. */
  quota = Number.POSITIVE_INFINITY;
  /** Whether several readers may open a file at once. */
  shares = true;
  readonly #open = new Map<string, 'readwrite' | number>();

  readonly folder: OpenFolder = async () => {
    const { files } = this;
    return {
      keys: async function* () {
        yield* files.keys();
      },
      getFileHandle: async (name, { create = false } = {}) => {
        if (!files.has(name) && !create) throw new DOMException(name, 'NotFoundError');
        if (!files.has(name)) files.set(name, new Uint8Array(0));
        return {
          createSyncAccessHandle: (options: object) => this.#access(name, options),
        } as never;
      },
      removeEntry: async (name) => {
        if (this.#open.has(name)) throw new DOMException(name, 'NoModificationAllowedError');
        files.delete(name);
      },
    };
  };

  /** Names of the open files. */
  get opened(): string[] {
    return [...this.#open.keys()];
  }

  async #access(name: string, { mode }: { mode?: string } = {}) {
    const readers = this.#open.get(name);
    const joins = this.shares && mode === 'read-only' && typeof readers === 'number';
    if (readers !== undefined && !joins) {
      throw new DOMException(name, 'NoModificationAllowedError');
    }
    const shared = this.shares && mode === 'read-only';
    this.#open.set(name, shared ? (joins ? readers + 1 : 1) : 'readwrite');
    let closed = false;
    const check = () => {
      if (closed) throw new DOMException(name, 'InvalidStateError');
    };
    return {
      getSize: () => this.files.get(name)!.length,
      read: (target: Uint8Array, { at }: { at: number }) => {
        check();
        const part = this.files.get(name)!.subarray(at, at + target.length);
        target.set(part);
        return part.length;
      },
      write: (bytes: Uint8Array, { at }: { at: number }) => {
        check();
        if (shared) throw new DOMException(name, 'NoModificationAllowedError');
        if (at + bytes.length > this.quota) throw new DOMException(name, 'QuotaExceededError');
        const before = this.files.get(name)!;
        const after = new Uint8Array(Math.max(before.length, at + bytes.length));
        after.set(before);
        after.set(bytes, at);
        this.files.set(name, after);
        return bytes.length;
      },
      flush: check,
      close: () => {
        if (closed) return;
        closed = true;
        const left = this.#open.get(name);
        if (typeof left === 'number' && left > 1) this.#open.set(name, left - 1);
        else this.#open.delete(name);
      },
    };
  }
}
