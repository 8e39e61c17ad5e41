import { AkinError } from '../../base/errors.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { spaceRange } from '../database/keys.ts';
import type { SpaceKey } from '../database/schema.ts';

/** A vector space: its id (model, calibration, dimensions) and `d`. */
export interface Space {
  readonly id: string;
  readonly d: number;
}

/** Vectors read back, and the ids whose stored value is missing or malformed. */
export interface VectorBlock {
  /** (n) ascending. */
  readonly ids: Uint32Array<ArrayBuffer>;
  /** (n × d) row-major, in the order of `ids`. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** Ids without a vector of `d` finite values. */
  readonly skipped: readonly PhotoId[];
}

/** A store of vectors within the caller's transaction. */
export interface VectorStore {
  get(key: SpaceKey): Promise<unknown>;
  getAll(range: IDBKeyRange, count: number): Promise<unknown[]>;
  getAllKeys(range: IDBKeyRange, count: number): Promise<SpaceKey[]>;
  count(range: IDBKeyRange): Promise<number>;
}

/** Vectors read per chunk: 2 MB at `d` = 256. */
const CHUNK = 2_000;
/**
 * Read the whole range if at least this fraction is wanted: a `get` takes as long as two values.
 */
const DENSE = 1 / 2;

/**
 * The stored form: a buffer of exactly these values, because a view would be stored with its whole
 * underlying buffer.
 *
 * @throws AkinError `bad-vector`
 */
export function encodeVector(vector: Float32Array): ArrayBuffer {
  if (vector.length === 0 || !vector.every(Number.isFinite)) {
    throw new AkinError(
      'bad-vector',
      `A vector of ${vector.length} values, all of them numbers, was expected.`,
    );
  }
  return Float32Array.from(vector).buffer;
}

/** Collects vectors, validating each. */
export class VectorBuilder {
  readonly #d: number;
  readonly #ids: Uint32Array<ArrayBuffer>;
  readonly #vectors: Float32Array<ArrayBuffer>;
  readonly #skipped: PhotoId[] = [];
  #length = 0;

  /** @param capacity maximum number of calls of `add` */
  constructor(d: number, capacity: number) {
    this.#d = d;
    this.#ids = new Uint32Array(capacity);
    this.#vectors = new Float32Array(capacity * d);
  }

  add(id: PhotoId, value: unknown): void {
    const vector = decodeVector(value, this.#d);
    if (!vector) {
      this.#skipped.push(id);
      return;
    }
    this.#ids[this.#length] = id;
    this.#vectors.set(vector, this.#length * this.#d);
    this.#length++;
  }

  build(): VectorBlock {
    const n = this.#length;
    const full = n === this.#ids.length;
    return {
      ids: full ? this.#ids : this.#ids.slice(0, n),
      vectors: full ? this.#vectors : this.#vectors.slice(0, n * this.#d),
      skipped: this.#skipped,
    };
  }
}

/** Decodes a stored vector; `null` unless it has `d` finite values. */
export function decodeVector(value: unknown, d: number): Float32Array | null {
  if (!(value instanceof ArrayBuffer) || value.byteLength !== d * 4) return null;
  const vector = new Float32Array(value);
  return vector.every(Number.isFinite) ? vector : null;
}

/**
 * Reads the vectors of `ids` (ascending, distinct): by ranges where they are dense, as after an
 * import, else one by one.
 */
export async function readVectors(
  store: VectorStore,
  space: Space,
  ids: readonly PhotoId[],
): Promise<VectorBlock> {
  const builder = new VectorBuilder(space.d, ids.length);
  const first = ids[0];
  const last = ids.at(-1);
  if (first === undefined || last === undefined) return builder.build();
  const stored = await store.count(IDBKeyRange.bound([space.id, first], [space.id, last]));
  if (ids.length >= stored * DENSE) await readRange(store, space, ids, last, builder);
  else await readEach(store, space, ids, builder);
  return builder.build();
}

async function readRange(
  store: VectorStore,
  space: Space,
  ids: readonly PhotoId[],
  last: PhotoId,
  builder: VectorBuilder,
): Promise<void> {
  let at = 0;
  for (let from = ids[0]; from !== undefined; from = ids[at]) {
    const range = IDBKeyRange.bound([space.id, from], [space.id, last]);
    const [keys, values] = await readPairs(store, range, CHUNK);
    keys.forEach(([, id], i) => {
      for (let wanted = ids[at]; wanted !== undefined && wanted <= id; wanted = ids[++at]) {
        builder.add(wanted, wanted === id ? values[i] : undefined);
      }
    });
    // A short read is the end of the range: nothing wanted exists beyond it.
    if (keys.length < CHUNK) for (; at < ids.length; at++) builder.add(ids[at] ?? 0, undefined);
  }
}

async function readEach(
  store: VectorStore,
  space: Space,
  ids: readonly PhotoId[],
  builder: VectorBuilder,
): Promise<void> {
  for (let at = 0; at < ids.length; at += CHUNK) {
    const some = ids.slice(at, at + CHUNK);
    const values = await Promise.all(some.map((id) => store.get([space.id, id])));
    some.forEach((id, i) => {
      builder.add(id, values[i]);
    });
  }
}

/** Keys and values of a range, at most `count`, in the same order. */
export function readPairs(
  store: VectorStore,
  range: IDBKeyRange,
  count: number,
): Promise<[SpaceKey[], unknown[]]> {
  return Promise.all([store.getAllKeys(range, count), store.getAll(range, count)]);
}

/** Number of vectors of a space: one request, without reading vectors. */
export function countVectors(store: VectorStore, spaceId: string): Promise<number> {
  return store.count(spaceRange(spaceId));
}
