import { crc32 } from '../../base/crc32.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { toStorageError } from '../database/errors.ts';
import { damaged, decodeHeader, encodeHeader, HEADER_BYTES } from './vectorFileHeader.ts';
import type { Space } from './vectors.ts';

/** The part of an open file's API that is used here; Chromium's, and that of other browsers. */
export type SyncFile = Pick<
  FileSystemSyncAccessHandle,
  'read' | 'write' | 'getSize' | 'flush' | 'close'
>;

/** Writes vectors to a file, block by block. */
export class VectorFileWriter {
  /** Name of the file, to be stored with the segment. */
  readonly name: string;
  readonly #file: SyncFile;
  readonly #space: Space;
  readonly #ids: Uint32Array[] = [];
  #n = 0;

  constructor(name: string, file: SyncFile, space: Space) {
    this.name = name;
    this.#file = file;
    this.#space = space;
  }

  /**
   * @param ids ascending, also across blocks
   * @param vectors `n × d`, row-major
   * @throws AkinError `quota-exceeded`, `storage-failed`
   */
  append(ids: Uint32Array, vectors: Float32Array): void {
    this.#write(bytesOf(vectors), HEADER_BYTES + this.#n * 4 * this.#space.d);
    this.#ids.push(ids.slice());
    this.#n += ids.length;
  }

  /**
   * Completes and closes the file. Readers reject it before that.
   *
   * @throws AkinError `quota-exceeded`, `storage-failed`
   */
  finish(): void {
    let at = HEADER_BYTES + this.#n * 4 * this.#space.d;
    let idsCrc = 0;
    for (const ids of this.#ids) {
      const bytes = bytesOf(ids);
      this.#write(bytes, at);
      idsCrc = crc32(bytes, idsCrc);
      at += bytes.length;
    }
    this.#write(encodeHeader(this.#space, { n: this.#n, idsCrc }), 0);
    this.#file.flush();
    this.close();
  }

  /** Closes the file without completing it. */
  close(): void {
    this.#file.close();
  }

  #write(bytes: Uint8Array<ArrayBuffer>, at: number): void {
    try {
      if (this.#file.write(bytes, { at }) === bytes.length) return;
    } catch (thrown) {
      throw toStorageError(thrown);
    }
    throw toStorageError(new Error('The disk is full.'));
  }
}

/** The vectors of a segment in an open file: synchronous random access. */
export class VectorFile {
  /** Size of the whole file. */
  readonly bytes: number;
  readonly #file: SyncFile;
  readonly #ids: Uint32Array<ArrayBuffer>;
  readonly #row: Float32Array<ArrayBuffer>;
  readonly #rowBytes: Uint8Array<ArrayBuffer>;

  /**
   * Validates the file before using it. Only the ids are loaded into memory.
   *
   * @throws AkinError `truncated`, `bad-magic`, `too-new`, `wrong-space`, `corrupt`
   */
  constructor(file: SyncFile, space: Space) {
    this.bytes = file.getSize();
    const header = new Uint8Array(HEADER_BYTES);
    const got = file.read(header, { at: 0 });
    const { n, idsCrc } = decodeHeader(header.subarray(0, got), space, this.bytes);
    const ids = new Uint32Array(n);
    const bytes = bytesOf(ids);
    if (file.read(bytes, { at: HEADER_BYTES + n * 4 * space.d }) !== bytes.length) {
      throw damaged('truncated', 'its ids end too soon');
    }
    if (crc32(bytes) !== idsCrc) throw damaged('corrupt', 'the sum of its ids is not theirs');
    if (ids.some((id, i) => id <= (ids[i - 1] ?? 0))) {
      throw damaged('corrupt', 'its ids do not rise');
    }
    this.#file = file;
    this.#ids = ids;
    this.#row = new Float32Array(space.d);
    this.#rowBytes = bytesOf(this.#row);
  }

  /** Writes the vector of an id to `target`. Returns whether there is a readable one. */
  read(id: PhotoId, target: Float32Array): boolean {
    const row = this.#rowOf(id);
    if (row < 0) return false;
    const bytes = this.#rowBytes;
    try {
      const at = HEADER_BYTES + row * bytes.length;
      if (this.#file.read(bytes, { at }) !== bytes.length) return false;
    } catch {
      return false; /* closed, or a failing disk: the caller has a good approximation */
    }
    const norm = this.#row.reduce((sum, x) => sum + x * x, 0);
    if (!(norm > 0 && norm < Number.POSITIVE_INFINITY)) return false;
    target.set(this.#row);
    return true;
  }

  dispose(): void {
    this.#file.close();
  }

  /** The row of an id, −1 if absent. */
  #rowOf(id: PhotoId): number {
    const ids = this.#ids;
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return ids[low] === id ? low : -1;
  }
}

function bytesOf(array: Uint32Array | Float32Array): Uint8Array<ArrayBuffer> {
  // Vectors are never in shared memory here; file reads and writes require that.
  return new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
}
