import type { ErrorCode } from '../../base/errors.ts';
import type { FaceInfo, FaceKey, FaceList, PhotoId } from '../../protocol/index.ts';
import { type Connection, storesOf, together } from '../database/connection.ts';
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
import { type AppendAnswer, PeopleLog } from './peopleLog.ts';

export interface FaceCounts {
  /** Faces of photos of the gallery, and of the trash. */
  readonly faces: number;
  readonly trashed: number;
}

/** An aligned face as it is kept: `image` is WebP. */
export interface StoredChip {
  readonly id: FaceKey;
  readonly image: ArrayBuffer;
}

/** Rows read at a time. */
const CHUNK = 5_000;

/** The faces in the library's photos. */
export class Faces {
  readonly #connection: Connection;
  readonly #log: PeopleLog;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#log = new PeopleLog(connection);
  }

  /**
   * Writes what a search for faces found in a photo, in the place of what one found before, and
   * that the photo was looked through. A face whose box is more or less where one was (IoU above
   * 0.5) is that face and keeps its `faceId`; one that was drawn by hand stays even where it is not
   * found. All of it is written or nothing.
   *
   * @returns what is to be followed by an index in memory; `null`, and nothing is written, where
   * there is no such photo, in the trash neither
   * @throws AkinError `bad-vector`; `invalid-argument` for a face that could not be read again;
   * `quota-exceeded`, `storage-closed`, `storage-failed`
   */
  async keep(found: FoundFaces & { readonly photoId: PhotoId }): Promise<KeptFaces | null> {
    return this.#keep(found.photoId, checkFaces(found.faces, found));
  }

  /**
   * Adds a face that was drawn by hand. Where the photo has a face already (as in `keep`), that one
   * takes on the new box and vector and counts as drawn.
   *
   * @returns and throws as `keep`
   */
  async draw(photoId: PhotoId, face: NewFace): Promise<KeptFaces | null> {
    return this.#keep(photoId, checkFaces([face], null));
  }

  /** The faces of the gallery: those of trashed photos, and rows of a wrong shape, are passed over. */
  list(): Promise<FaceList> {
    return this.#connection.run(['faces', 'photos'], 'readonly', async (tx) => {
      const faces = tx.objectStore('faces');
      const trashed = new Set(await tx.objectStore('photos').index('byDeletedAt').getAllKeys());
      const list = new FaceListBuilder();
      let rows = await faces.getAll(null, CHUNK);
      while (rows.length > 0) {
        for (const row of rows) if (isFaceRow(row) && !trashed.has(row.photoId)) list.add(row);
        // Whatever else a row is, it has its key.
        const last = rows.at(-1);
        if (!last || rows.length < CHUNK) break;
        rows = await faces.getAll(IDBKeyRange.lowerBound(last.id, true), CHUNK);
      }
      return list.build();
    });
  }

  /** The faces of one photo, ascending numbers, in the trash too. */
  ofPhoto(photoId: PhotoId): Promise<readonly FaceInfo[]> {
    return this.#connection.run(['faces'], 'readonly', async (tx) => {
      const rows = await tx.objectStore('faces').index('byPhoto').getAll(photoId);
      return rows.filter(isFaceRow);
    });
  }

  /** Those of `ids` that are faces, of trashed photos too, in the order asked. */
  get(ids: readonly FaceKey[]): Promise<readonly FaceInfo[]> {
    return this.#connection.run(['faces'], 'readonly', async (tx) => {
      const rows = await together(ids.map((id) => () => tx.objectStore('faces').get(id)));
      return rows.filter(isFaceRow);
    });
  }

  /** Aligned faces of those ids that exist, of trashed photos too, in the order asked. */
  chips(ids: readonly FaceKey[]): Promise<readonly StoredChip[]> {
    return this.#connection.run(['chips'], 'readonly', async (tx) => {
      const images = await together(ids.map((id) => () => tx.objectStore('chips').get(id)));
      return ids.flatMap((id, i) => {
        const image: unknown = images[i];
        return image instanceof ArrayBuffer ? [{ id, image }] : [];
      });
    });
  }

  /** The numbers, ascending, of all faces of some photos: what hides and returns with them. */
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
   * Photos of the gallery that were not looked through by this version: the first `limit` of those
   * whose ids are greater than `after`, ascending.
   */
  unscanned(version: string, after: PhotoId, limit: number): Promise<readonly PhotoId[]> {
    return unscanned(this.#connection, version, after, limit);
  }

  /**
   * Writes that a photo could not be looked through by this version, which is tried no more: neither
   * it nor its faces of before are changed. Nothing is written where there is no such photo.
   */
  fail(photoId: PhotoId, version: string, code: ErrorCode): Promise<void> {
    return failScan(this.#connection, photoId, version, code);
  }

  /** Photos that could not be looked through, by whichever version, count as never looked at. */
  forgetFailures(): Promise<void> {
    return forgetFailures(this.#connection);
  }

  /** How many photos of the gallery were looked through by this version. */
  scanCounts(version: string): Promise<ScanCounts> {
    return scanCounts(this.#connection, version);
  }

  /** All that is kept of what the user has said of people, ascending keys. Whoever reads it checks it. */
  log(): Promise<readonly unknown[]> {
    return this.#log.read();
  }

  /**
   * Adds entries to the log's end: all of them or none. Their ids must be greater than the last, else
   * another tab was first, which is told.
   *
   * @throws AkinError `invalid-argument` unless ids are positive integers that rise
   */
  append(entries: readonly LogEntryRow[]): Promise<AppendAnswer> {
    return this.#log.append(entries);
  }

  /**
   * Deletes everything about faces: faces, chips, what was looked through, what was said of people,
   * vectors and indexes of their spaces, and settings named `faces.…`. Photos stay. Files of exact
   * vectors are for `VectorFiles.collectGarbage` to clear away.
   *
   * @param spaceIds the known spaces of faces; those that hold no vector of a photo go as well
   * @throws AkinError `invalid-argument` where one of them holds photos; nothing is changed then
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
