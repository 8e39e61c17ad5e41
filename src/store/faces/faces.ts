import type { ErrorCode } from '../../base/errors.ts';
import type { FaceInfo, FaceKey, FaceList, PhotoId } from '../../protocol/index.ts';
import { type Connection, storesOf, together } from '../database/connection.ts';
import { type AppendAnswer, EventLog } from '../database/eventLog.ts';
import { isPhotoRow } from '../database/rows.ts';
import type { LogEntryRow } from '../database/schema.ts';
import { facesOf } from './dropFaces.ts';
import { eraseFaces } from './eraseFaces.ts';
import { FaceListBuilder } from './faceList.ts';
import { isFaceRow } from './faceRows.ts';
import { failScan, forgetFailures, type ScanCounts, scanCounts, unscanned } from './faceScans.ts';
import {
  type CheckedFaces,
  checkFaces,
  type FoundFaces,
  KEPT_FACES,
  type KeptFaces,
  keepFaces,
  type NewFace,
} from './keepFaces.ts';

export interface FaceCounts {
  /** Faces of photos in the gallery and in the trash. */
  readonly faces: number;
  readonly trashed: number;
}

/** An aligned face as stored: `image` is WebP. */
export interface StoredChip {
  readonly id: FaceKey;
  readonly image: ArrayBuffer;
}

/** Rows read per chunk. */
const CHUNK = 5_000;

/** The faces in the library's photos. */
export class Faces {
  readonly #connection: Connection;
  readonly #log: EventLog;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#log = new EventLog(connection, 'peopleLog');
  }

  /**
   * Replaces the faces of a photo by those a scan found, and records the scan. A face whose box
   * overlaps an earlier one (IoU above 0.5) is the same face and keeps its `faceId`; a face added
   * by hand stays even if it isn't found. Atomic.
   *
   * @returns the changes for an index in memory; `null`, with nothing written, if the photo doesn't
   *   exist, not even in the trash
   * @throws AkinError `bad-vector`; `invalid-argument` for a face that would not be readable again;
   *   `quota-exceeded`, `storage-closed`, `storage-failed`
   */
  async keep(found: FoundFaces & { readonly photoId: PhotoId }): Promise<KeptFaces | null> {
    return this.#keep(found.photoId, checkFaces(found.faces, found));
  }

  /**
   * Adds a face by hand. If the photo already has that face (as in `keep`), it gets the new box and
   * vector and counts as added by hand.
   *
   * @returns and throws as `keep`
   */
  async draw(photoId: PhotoId, face: NewFace): Promise<KeptFaces | null> {
    return this.#keep(photoId, checkFaces([face], null));
  }

  /** The faces of the gallery. Skips those of trashed photos, and malformed rows. */
  list(): Promise<FaceList> {
    return this.#connection.run(['faces', 'photos'], 'readonly', async (tx) => {
      const faces = tx.objectStore('faces');
      const trashed = new Set(await tx.objectStore('photos').index('byDeletedAt').getAllKeys());
      const list = new FaceListBuilder();
      let rows = await faces.getAll(null, CHUNK);
      while (rows.length > 0) {
        for (const row of rows) if (isFaceRow(row) && !trashed.has(row.photoId)) list.add(row);
        // Even a malformed row has its key.
        const last = rows.at(-1);
        if (!last || rows.length < CHUNK) break;
        rows = await faces.getAll(IDBKeyRange.lowerBound(last.id, true), CHUNK);
      }
      return list.build();
    });
  }

  /** The faces of a photo, ascending keys, even if it is in the trash. */
  ofPhoto(photoId: PhotoId): Promise<readonly FaceInfo[]> {
    return this.#connection.run(['faces'], 'readonly', async (tx) => {
      const rows = await tx.objectStore('faces').index('byPhoto').getAll(photoId);
      return rows.filter(isFaceRow);
    });
  }

  /** The faces among `ids`, those of trashed photos included, in the order requested. */
  get(ids: readonly FaceKey[]): Promise<readonly FaceInfo[]> {
    return this.#connection.run(['faces'], 'readonly', async (tx) => {
      const rows = await together(ids.map((id) => () => tx.objectStore('faces').get(id)));
      return rows.filter(isFaceRow);
    });
  }

  /** The aligned faces among `ids`, those of trashed photos included, in the order requested. */
  chips(ids: readonly FaceKey[]): Promise<readonly StoredChip[]> {
    return this.#connection.run(['chips'], 'readonly', async (tx) => {
      const images = await together(ids.map((id) => () => tx.objectStore('chips').get(id)));
      return ids.flatMap((id, i) => {
        const image: unknown = images[i];
        return image instanceof ArrayBuffer ? [{ id, image }] : [];
      });
    });
  }

  /** Keys, ascending, of all faces of some photos: they are trashed and restored with them. */
  keysOf(photoIds: readonly PhotoId[]): Promise<readonly FaceKey[]> {
    return this.#connection.run(['faces'], 'readonly', (tx) =>
      facesOf(tx.objectStore('faces').index('byPhoto'), photoIds),
    );
  }

  counts(): Promise<FaceCounts> {
    return this.#connection.run(['faces', 'photos'], 'readonly', async (tx) => {
      const ids = await tx.objectStore('photos').index('byDeletedAt').getAllKeys();
      const faces = tx.objectStore('faces');
      const trashed = (await facesOf(faces.index('byPhoto'), ids)).length;
      return { faces: (await faces.count()) - trashed, trashed };
    });
  }

  /**
   * Photos of the gallery that this version hasn't scanned: the first `limit` with ids greater than
   * `after`, ascending.
   */
  unscanned(version: string, after: PhotoId, limit: number): Promise<readonly PhotoId[]> {
    return unscanned(this.#connection, version, after, limit);
  }

  /**
   * Records that this version failed to scan a photo, and won't retry: photo and earlier faces stay
   * unchanged. No-op if the photo doesn't exist.
   */
  fail(photoId: PhotoId, version: string, code: ErrorCode): Promise<void> {
    return failScan(this.#connection, photoId, version, code);
  }

  /** Discards the failures of all versions, so those photos count as never scanned. */
  forgetFailures(): Promise<void> {
    return forgetFailures(this.#connection);
  }

  /** How many photos of the gallery this version has scanned. */
  scanCounts(version: string): Promise<ScanCounts> {
    return scanCounts(this.#connection, version);
  }

  /** The whole people log, ascending ids. The reader validates it. */
  log(): Promise<readonly unknown[]> {
    return this.#log.read();
  }

  /**
   * Appends entries to the log, atomically. Ids must be greater than the last one, else another tab
   * was first and the answer is a conflict.
   *
   * @throws AkinError `invalid-argument` unless ids are ascending positive integers
   */
  append(entries: readonly LogEntryRow[]): Promise<AppendAnswer> {
    return this.#log.append(entries);
  }

  /**
   * Deletes all face data: faces, chips, scans, the people log, vectors and indexes of face spaces,
   * and settings named `faces.…`. Photos stay. `VectorFiles.collectGarbage` removes the vector
   * files.
   *
   * @param spaceIds the known face spaces; spaces without a photo vector go as well
   * @throws AkinError `invalid-argument` if one of them holds photos; nothing is changed then
   */
  erase(spaceIds: readonly string[]): Promise<void> {
    return eraseFaces(this.#connection, spaceIds);
  }

  #keep(photoId: PhotoId, faces: CheckedFaces): Promise<KeptFaces | null> {
    return this.#connection.run(['photos', ...KEPT_FACES], 'readwrite', async (tx) => {
      const photo: unknown = await tx.objectStore('photos').get(photoId);
      if (!isPhotoRow(photo)) return null;
      return keepFaces(storesOf(tx, KEPT_FACES), photo, faces);
    });
  }
}
