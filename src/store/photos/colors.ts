import {
  type ColorDescriptor,
  DESCRIPTOR_BYTES,
  readColorDescriptor,
} from '../../base/colors/descriptor.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { type Connection, together } from '../database/connection.ts';

/** The colors of photos as columns. */
export interface ColorBlock {
  /** (n) ascending. */
  readonly ids: Uint32Array;
  /** (n × `DESCRIPTOR_BYTES`) row-major. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Rows read per chunk. */
const CHUNK = 5_000;

/** The color descriptors of photos, trashed ones included. Malformed ones are skipped. */
export class Colors {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Those of all photos: read in chunks, one transaction each. */
  async all(): Promise<ColorBlock> {
    const blocks: ColorBlock[] = [];
    for (let after = 0; ; ) {
      const range = IDBKeyRange.lowerBound(after, true);
      const [ids, rows] = await this.#connection.run(['colors'], 'readonly', (tx) => {
        const colors = tx.objectStore('colors');
        return Promise.all([colors.getAllKeys(range, CHUNK), colors.getAll(range, CHUNK)]);
      });
      blocks.push(blockOf(ids, rows));
      const last = ids.at(-1);
      if (last === undefined || ids.length < CHUNK) return joined(blocks);
      after = last;
    }
  }

  /** Those of some photos (ascending, distinct). */
  of(ids: readonly PhotoId[]): Promise<ColorBlock> {
    return this.#connection.run(['colors'], 'readonly', async (tx) => {
      const rows = await together<unknown>(ids.map((id) => () => tx.objectStore('colors').get(id)));
      return blockOf(ids, rows);
    });
  }
}

function blockOf(ids: readonly PhotoId[], rows: readonly unknown[]): ColorBlock {
  const sound = ids.flatMap((id, i): [PhotoId, ColorDescriptor][] => {
    const descriptor = readColorDescriptor(rows[i]);
    return descriptor ? [[id, descriptor]] : [];
  });
  const bytes = new Uint8Array(sound.length * DESCRIPTOR_BYTES);
  for (const [i, [, descriptor]] of sound.entries()) bytes.set(descriptor, i * DESCRIPTOR_BYTES);
  return { ids: Uint32Array.from(sound, ([id]) => id), bytes };
}

function joined(blocks: readonly ColorBlock[]): ColorBlock {
  const count = blocks.reduce((sum, { ids }) => sum + ids.length, 0);
  const ids = new Uint32Array(count);
  const bytes = new Uint8Array(count * DESCRIPTOR_BYTES);
  let at = 0;
  for (const block of blocks) {
    ids.set(block.ids, at);
    bytes.set(block.bytes, at * DESCRIPTOR_BYTES);
    at += block.ids.length;
  }
  return { ids, bytes };
}
