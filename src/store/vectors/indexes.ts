import { AkinError } from '../../base/errors.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { type Connection, storesOf } from '../database/connection.ts';
import { FIRST_GENERATION, firstGeneration } from '../database/generation.ts';
import { deleteSpaceIds, sortedIds, spaceRange, spaceRangeAfter } from '../database/keys.ts';
import { isManifestRow } from '../database/rows.ts';
import type { ManifestRow, SegmentEntry } from '../database/schema.ts';
import { purgedAmong } from '../photos/purge.ts';
import { reconcileTombstones } from './sealing.ts';
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

/** A sealed segment with its bytes, which are not looked into here. */
export interface LoadedSegment extends SegmentEntry {
  readonly blob: ArrayBuffer;
}

/** All that an index is made of, as it was at one moment. */
export interface LoadedIndex {
  /** To be given to `save`, which refuses if another tab has sealed since. */
  readonly generation: number;
  readonly segments: readonly LoadedSegment[];
  /**
   * Why the sealed part is unusable, in words, and then `segments` is empty; else `null`. All
   * vectors are still there: rebuild from `allVectors`, and `save`.
   */
  readonly damage: string | null;
  /** Vectors that no sealed segment holds. Trashed photos are among them: see `tombstones`. */
  readonly delta: VectorBlock;
  /** (n) ascending: ids that must not be found, whether or not a segment holds them. */
  readonly tombstones: Uint32Array<ArrayBuffer>;
  /** Those of them, ascending, of what was deleted for good: no segment is to keep its vectors. */
  readonly purged: readonly number[];
  /** Vectors that the space has in all, those in segments included; `null` where not asked for. */
  readonly stored: number | null;
}

export interface NewSegment {
  readonly kind: string;
  readonly formatVersion: number;
  readonly blob: ArrayBuffer;
  /** Name of the file of its exact vectors, if it has one. */
  readonly vectorFile?: string;
}

export interface SaveRequest {
  readonly spaceId: string;
  /** The `generation` of the `load` that this was made from. */
  readonly expectedGeneration: number;
  /** Ids of sealed segments that stay as they are; all others of the space are removed. */
  readonly keptSegments: readonly number[];
  readonly segments: readonly NewSegment[];
  /** Ids that were in the delta and are in a segment now. */
  readonly includedDeltaIds: ArrayLike<PhotoId>;
  /**
   * Tombstoned ids that no segment holds any more: every one that was left out, trashed ones too. What
   * the space can't have (faces among photos, photos among faces) is passed over.
   */
  readonly droppedTombstones: ArrayLike<PhotoId>;
  /**
   * Ids whose stored vector can't be read, so that no segment has them: they are told of in the delta
   * of each `load`, and not missed.
   */
  readonly unreadable?: ArrayLike<PhotoId>;
}

/** `conflict`: another tab sealed, or all was cleared; nothing was changed. Load again. */
export type SaveAnswer =
  | { readonly outcome: 'saved'; readonly manifest: ManifestRow }
  | { readonly outcome: 'conflict'; readonly generation: number };

/**
 * Saved indexes and the vectors they are made of. What always holds: each vector of a photo or a
 * face, the trash's too, is in a sealed segment or in the delta; tombstones say what of it is hidden.
 */
export class Indexes {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * The index of a space, consistent: all of it is read in one transaction.
   *
   * @param count whether to count the stored vectors too, which takes seconds where there are a
   *   million: the browser passes over each with its value
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
        purged: await purgedAmong(storesOf(tx, ['photos', 'faces']), hidden),
        stored: count ? await countVectors(tx.objectStore('vectors'), space.id) : null,
      };
    });
  }

  /**
   * Puts sealed segments in the place of old ones: bytes, manifest, delta and tombstones change
   * together or not at all.
   *
   * @throws AkinError `invalid-argument` for a kept segment that is not one of the space;
   * `quota-exceeded`, `storage-closed`, `storage-failed`
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

      // Not only those the old manifest listed: it may have been unreadable.
      const all = (await manifests.getAll()).filter(isManifestRow);
      const listed = new Set(all.flatMap((row) => row.segments.map((entry) => entry.id)));
      for (const id of await segments.getAllKeys()) if (!listed.has(id)) await segments.delete(id);

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
      await reconcileTombstones(touched, spaceId, sortedIds(request.droppedTombstones), all);
      return { outcome: 'saved', manifest };
    });
  }

  /** The files of exact vectors that the segments of all spaces have. */
  vectorFiles(): Promise<ReadonlySet<string>> {
    return this.#connection.run(['manifest'], 'readonly', async (tx) => {
      const rows = (await tx.objectStore('manifest').getAll()).filter(isManifestRow);
      return new Set(rows.flatMap((row) => row.segments.flatMap((each) => each.vectorFile ?? [])));
    });
  }

  /** As `LoadedIndex.purged`, at this moment. */
  purged(spaceId: string): Promise<readonly number[]> {
    const stores = ['manifest', 'vectors', 'tombstones', 'photos', 'faces'] as const;
    return this.#connection.run(stores, 'readonly', async (tx) => {
      const row: unknown = await tx.objectStore('manifest').get(spaceId);
      const all = await tx.objectStore('tombstones').getAllKeys();
      const hidden = await ownTombstones(tx.objectStore('vectors'), spaceId, row, all);
      return purgedAmong(storesOf(tx, ['photos', 'faces']), hidden);
    });
  }

  /** The bytes of a sealed segment, `undefined` where there is none (any more). */
  segment(id: number): Promise<ArrayBuffer | undefined> {
    return this.#connection.run(['segments'], 'readonly', async (tx) => {
      const blob: unknown = await tx.objectStore('segments').get(id);
      return blob instanceof ArrayBuffer ? blob : undefined;
    });
  }

  /** Ids, ascending, of the vectors that no sealed segment holds, the trash's too. */
  deltaIds(spaceId: string): Promise<readonly PhotoId[]> {
    return this.#connection.run(['delta'], 'readonly', async (tx) => {
      const keys = await tx.objectStore('delta').getAllKeys(spaceRange(spaceId));
      return keys.map(([, id]) => id);
    });
  }

  /** One more at each save of any tab: whether what was loaded is still what is saved. */
  generation(spaceId: string): Promise<number> {
    return this.#connection.run(['manifest', 'meta'], 'readonly', async (tx) => {
      const row = await tx.objectStore('manifest').get(spaceId);
      return generationOf(row, await tx.objectStore('meta').get(FIRST_GENERATION));
    });
  }

  /** The vector of one photo, `undefined` where there is none that can be read: one request. */
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
   * All vectors of a space, the trash's too, in blocks of ascending ids. Each block is read when it
   * is asked for, so the consumer may take its time; what is kept meanwhile may or may not come.
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

  /** How many vectors a space has, the trash's too. */
  count(spaceId: string): Promise<number> {
    return this.#connection.run(['vectors'], 'readonly', (tx) =>
      countVectors(tx.objectStore('vectors'), spaceId),
    );
  }
}

/** A space that was never sealed starts where `clear` left off, so that no old seal can follow. */
function generationOf(row: unknown, first: unknown): number {
  if (isManifestRow(row)) return row.generation;
  return firstGeneration(first);
}

function keptEntry(row: unknown, id: number): SegmentEntry {
  const entry = isManifestRow(row) ? row.segments.find((segment) => segment.id === id) : undefined;
  if (entry) return entry;
  throw new AkinError('invalid-argument', `Segment ${id} can’t be kept: the index has none such.`);
}
