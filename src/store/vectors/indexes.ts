import { AkinError } from '../../base/errors.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { type Connection, storesOf } from '../database/connection.ts';
import { FIRST_GENERATION, firstGeneration } from '../database/generation.ts';
import { deleteSpaceIds, sortedIds, spaceRange, spaceRangeAfter } from '../database/keys.ts';
import { isManifestRow } from '../database/rows.ts';
import type { ManifestRow, SegmentEntry } from '../database/schema.ts';
import { purgedAmong } from '../photos/purge.ts';
import { reconcileTombstones } from './sealing.ts';
import { deleteUnlistedSegments } from './unlistedSegments.ts';
import { ownTombstones, vectorOwner } from './vectorOwner.ts';
import {
  countVectors,
  decodeVector,
  readPairs,
  readVectors,
  type Space,
  type VectorBlock,
  VectorBuilder,
} from './vectors.ts';

/** A sealed segment with its bytes, which are not parsed here. */
export interface LoadedSegment extends SegmentEntry {
  readonly blob: ArrayBuffer;
}

/** The parts of an index, as one consistent snapshot. */
export interface LoadedIndex {
  /** Pass it to `save`, which refuses if another tab has sealed since. */
  readonly generation: number;
  readonly segments: readonly LoadedSegment[];
  /**
   * Why the sealed part is unusable; `segments` is empty then. Otherwise `null`. All vectors still
   * exist: rebuild from `allVectors`, and `save`.
   */
  readonly damage: string | null;
  /** Vectors that no sealed segment holds, trashed photos included: see `tombstones`. */
  readonly delta: VectorBlock;
  /** (n) ascending: ids that must not be found, whether or not a segment holds them. */
  readonly tombstones: Uint32Array<ArrayBuffer>;
  /**
   * The permanently deleted ones, ascending, that segments may hold: none may keep their vectors.
   */
  readonly purged: readonly number[];
  /** Total vectors of the space, those in segments included; `null` if not requested. */
  readonly stored: number | null;
}

export interface NewSegment {
  readonly kind: string;
  readonly formatVersion: number;
  readonly blob: ArrayBuffer;
  /** Name of the file of its full-precision vectors, if any. */
  readonly vectorFile?: string;
}

export interface SaveRequest {
  readonly spaceId: string;
  /** The `generation` of the `load` that this is based on. */
  readonly expectedGeneration: number;
  /** Ids of sealed segments that stay; all others of the space are removed. */
  readonly keptSegments: readonly number[];
  readonly segments: readonly NewSegment[];
  /** Ids that moved from the delta to a segment. */
  readonly includedDeltaIds: ArrayLike<PhotoId>;
  /**
   * Tombstoned ids that no segment holds any more: all that were omitted, trashed ones too. Ids of
   * the wrong owner (faces among photos, photos among faces) are ignored.
   */
  readonly droppedTombstones: ArrayLike<PhotoId>;
  /**
   * Ids whose stored vector is unreadable, so no segment has them: each `load` reports them in the
   * delta, and they don't count as missing.
   */
  readonly unreadable?: ArrayLike<PhotoId>;
}

/** `conflict`: another tab sealed, or all was cleared; nothing was changed. Load again. */
export type SaveAnswer =
  | { readonly outcome: 'saved'; readonly manifest: ManifestRow }
  | { readonly outcome: 'conflict'; readonly generation: number };

/**
 * Saved indexes and their vectors. Invariant: each vector of a photo or face, trash included, is in
 * a sealed segment or in the delta; tombstones say which are hidden.
 */
export class Indexes {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Loads the index of a space in one transaction, so it is consistent.
   *
   * @param count whether to count the stored vectors too; takes seconds for a million, as the
   *   browser visits each with its value
   */
  load(space: Space, { count = true } = {}): Promise<LoadedIndex> {
    const stores = [
      'manifest',
      'segments',
      'delta',
      'vectors',
      'tombstones',
      'photos',
      'faces',
      'meta',
    ] as const;
    return this.#connection.run(stores, 'readonly', async (tx) => {
      const [row, first, deltaKeys, tombstones] = await Promise.all([
        tx.objectStore('manifest').get(space.id),
        tx.objectStore('meta').get(FIRST_GENERATION),
        tx.objectStore('delta').getAllKeys(spaceRange(space.id)),
        tx.objectStore('tombstones').getAllKeys(),
      ]);
      const entries = isManifestRow(row) ? row.segments : [];
      const blobs = await Promise.all(
        entries.map((entry) => tx.objectStore('segments').get(entry.id)),
      );
      const segments: LoadedSegment[] = [];
      let damage = row && !isManifestRow(row) ? 'The list of its segments can’t be read.' : null;
      entries.forEach((entry, i) => {
        const blob: unknown = blobs[i];
        if (blob instanceof ArrayBuffer && blob.byteLength === entry.byteLength) {
          segments.push({ ...entry, blob });
        } else {
          const found = blob instanceof ArrayBuffer ? `${blob.byteLength} bytes` : 'nothing';
          damage ??= `Of segment ${entry.id}, ${entry.byteLength} bytes, ${found} was found.`;
        }
      });
      const hidden = await ownTombstones(tx.objectStore('vectors'), space.id, row, tombstones);
      const deltaIds = sortedIds(deltaKeys.map(([, id]) => id));
      return {
        generation: generationOf(row, first),
        segments: damage === null ? segments : [],
        damage,
        delta: await readVectors(tx.objectStore('vectors'), space, deltaIds),
        tombstones: Uint32Array.from(hidden),
        purged: await purgedAmong(storesOf(tx, ['photos', 'faces']), notIn(hidden, row)),
        stored: count ? await countVectors(tx.objectStore('vectors'), space.id) : null,
      };
    });
  }

  /**
   * Replaces sealed segments: bytes, manifest, delta and tombstones change atomically.
   *
   * @throws AkinError `invalid-argument` for a kept segment of another space; `quota-exceeded`,
   *   `storage-closed`, `storage-failed`
   */
  save(request: SaveRequest, now: number = Date.now()): Promise<SaveAnswer> {
    const { spaceId, expectedGeneration } = request;
    const stores = [
      'manifest',
      'segments',
      'delta',
      'tombstones',
      'photos',
      'faces',
      'vectors',
      'meta',
    ] as const;
    return this.#connection.run(stores, 'readwrite', async (tx) => {
      const manifests = tx.objectStore('manifest');
      const segments = tx.objectStore('segments');
      const before = await manifests.get(spaceId);
      const generation = generationOf(before, await tx.objectStore('meta').get(FIRST_GENERATION));
      if (generation !== expectedGeneration) return { outcome: 'conflict', generation };

      const entries: SegmentEntry[] = request.keptSegments.map((id) => keptEntry(before, id));
      for (const { blob, ...segment } of request.segments) {
        const id = await segments.add(blob);
        entries.push({ id, ...segment, byteLength: blob.byteLength });
      }
      const holds = await vectorOwner(tx.objectStore('vectors'), spaceId, before);
      const manifest: ManifestRow = {
        spaceId,
        generation: generation + 1,
        segments: entries,
        ...(holds && { holds }),
        savedAt: now,
      };
      await manifests.put(manifest);

      // Not only those listed in the old manifest: it may have been unreadable.
      const all = await deleteUnlistedSegments({ manifests, segments });

      const delta = tx.objectStore('delta');
      await deleteSpaceIds(delta, spaceId, sortedIds(request.includedDeltaIds));
      for (const id of sortedIds(request.unreadable ?? [])) await delta.put(true, [spaceId, id]);
      const touched = {
        tombstones: tx.objectStore('tombstones'),
        photos: tx.objectStore('photos'),
        faces: tx.objectStore('faces'),
        vectors: tx.objectStore('vectors'),
        delta,
      };
      const dropped = sortedIds(request.droppedTombstones);
      const needed = await reconcileTombstones(touched, spaceId, dropped, all);
      const without = await stillHidden(touched.tombstones, [...withoutOf(before), ...needed]);
      if (without.length > 0) await manifests.put({ ...manifest, without });
      return { outcome: 'saved', manifest };
    });
  }

  /** The vector files that the segments of all spaces refer to. */
  vectorFiles(): Promise<ReadonlySet<string>> {
    return this.#connection.run(['manifest'], 'readonly', async (tx) => {
      const rows = (await tx.objectStore('manifest').getAll()).filter(isManifestRow);
      return new Set(rows.flatMap((row) => row.segments.flatMap((each) => each.vectorFile ?? [])));
    });
  }

  /** The current `LoadedIndex.purged`. */
  purged(spaceId: string): Promise<readonly number[]> {
    const stores = ['manifest', 'vectors', 'tombstones', 'photos', 'faces'] as const;
    return this.#connection.run(stores, 'readonly', async (tx) => {
      const row: unknown = await tx.objectStore('manifest').get(spaceId);
      const all = await tx.objectStore('tombstones').getAllKeys();
      const hidden = await ownTombstones(tx.objectStore('vectors'), spaceId, row, all);
      return purgedAmong(storesOf(tx, ['photos', 'faces']), notIn(hidden, row));
    });
  }

  /** The bytes of a sealed segment; `undefined` if it doesn't exist (any more). */
  segment(id: number): Promise<ArrayBuffer | undefined> {
    return this.#connection.run(['segments'], 'readonly', async (tx) => {
      const blob: unknown = await tx.objectStore('segments').get(id);
      return blob instanceof ArrayBuffer ? blob : undefined;
    });
  }

  /** Ids, ascending, of the vectors that no sealed segment holds, trash included. */
  deltaIds(spaceId: string): Promise<readonly PhotoId[]> {
    return this.#connection.run(['delta'], 'readonly', async (tx) => {
      const keys = await tx.objectStore('delta').getAllKeys(spaceRange(spaceId));
      return keys.map(([, id]) => id);
    });
  }

  /** Incremented at each save in any tab: tells whether a loaded index is still the saved one. */
  generation(spaceId: string): Promise<number> {
    return this.#connection.run(['manifest', 'meta'], 'readonly', async (tx) => {
      const row = await tx.objectStore('manifest').get(spaceId);
      return generationOf(row, await tx.objectStore('meta').get(FIRST_GENERATION));
    });
  }

  /** The vector of one photo; `undefined` if there is no readable one. One request. */
  vector(space: Space, id: PhotoId): Promise<Float32Array | undefined> {
    return this.#connection.run(['vectors'], 'readonly', async (tx) => {
      const value: unknown = await tx.objectStore('vectors').get([space.id, id]);
      return decodeVector(value, space.d) ?? undefined;
    });
  }

  /** The vectors of some photos; ids without one are in `skipped`. */
  vectors(space: Space, ids: ArrayLike<PhotoId>): Promise<VectorBlock> {
    return this.#connection.run(['vectors'], 'readonly', (tx) =>
      readVectors(tx.objectStore('vectors'), space, sortedIds(ids)),
    );
  }

  /**
   * All vectors of a space, trash included, in blocks of ascending ids. Each block is read on
   * demand, so the consumer may be slow; vectors added in the meantime may or may not be included.
   */
  async *allVectors(space: Space, blockSize = 2_000): AsyncGenerator<VectorBlock, void, undefined> {
    for (let after = 0, more = true; more; ) {
      const range = spaceRangeAfter(space.id, after);
      const [keys, values] = await this.#connection.run(['vectors'], 'readonly', (tx) =>
        readPairs(tx.objectStore('vectors'), range, blockSize),
      );
      const builder = new VectorBuilder(space.d, keys.length);
      keys.forEach(([, id], i) => {
        builder.add(id, values[i]);
      });
      if (keys.length > 0) yield builder.build();
      after = keys.at(-1)?.[1] ?? after;
      more = keys.length === blockSize;
    }
  }

  /** Number of vectors of a space, trash included. */
  count(spaceId: string): Promise<number> {
    return this.#connection.run(['vectors'], 'readonly', (tx) =>
      countVectors(tx.objectStore('vectors'), spaceId),
    );
  }
}

/** A space that was never sealed starts where `clear` left off, so no earlier seal can be saved. */
function generationOf(row: unknown, first: unknown): number {
  if (isManifestRow(row)) return row.generation;
  return firstGeneration(first);
}

function keptEntry(row: unknown, id: number): SegmentEntry {
  const entry = isManifestRow(row) ? row.segments.find((segment) => segment.id === id) : undefined;
  if (entry) return entry;
  throw new AkinError('invalid-argument', `Segment ${id} can’t be kept: the index has none such.`);
}

/** What a manifest says its segments are without. */
function withoutOf(row: unknown): readonly number[] {
  return isManifestRow(row) && Array.isArray(row.without) ? row.without : [];
}

/** The ids of a list, ascending, that a manifest's segments may hold. */
function notIn(ids: readonly number[], row: unknown): number[] {
  const without = new Set(withoutOf(row));
  return ids.filter((id) => !without.has(id));
}

async function stillHidden(
  tombstones: { getAllKeys(): Promise<number[]> },
  ids: readonly number[],
): Promise<number[]> {
  if (ids.length === 0) return [];
  const hidden = new Set(await tombstones.getAllKeys());
  return sortedIds(ids).filter((id) => hidden.has(id));
}
