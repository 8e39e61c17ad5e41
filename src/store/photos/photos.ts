import { COLORS_VERSION, type ColorDescriptor } from '../../base/colors/descriptor.ts';
import { AkinError } from '../../base/errors.ts';
import type { Gallery, PhotoDate, PhotoId, PhotoInfo } from '../../protocol/index.ts';
import { EXTENDED, type Extenders } from '../calibrations/extenders.ts';
import { type Connection, storesOf, type Tx, together } from '../database/connection.ts';
import {
  isJobRow,
  isPhotoRow,
  looksOf,
  takenOf,
  toGallery,
  toPhotoInfo,
} from '../database/rows.ts';
import type { LedgerRow, PhotoRow } from '../database/schema.ts';
import {
  checkFaces,
  type FoundFaces,
  KEPT_FACES,
  type KeptFaces,
  keepFaces,
} from '../faces/keepFaces.ts';
import { encodeVector } from '../vectors/vectors.ts';
import { type Classes, decodeClasses } from './classes.ts';
import { datesOf } from './photoDates.ts';
import { originalOf } from './storedOriginal.ts';

/** What analyzing a queued file produced; its job has the rest. */
export interface KeepRequest {
  /** The job's id, which becomes the photo's. */
  readonly id: PhotoId;
  readonly width: number;
  readonly height: number;
  readonly thumbWidth: number;
  readonly thumbHeight: number;
  /** WebP. */
  readonly thumb: ArrayBuffer;
  readonly endMissing?: boolean;
  readonly backdrop?: string | null;
  readonly spaceId: string;
  /** `d` values, unit length. */
  readonly vector: Float32Array;
  /** From `encodeRegions`, if the model has a feature map. */
  readonly regions?: ArrayBuffer | undefined;
  /** From `encodeClasses`, if the model predicts classes. */
  readonly classes?: ArrayBuffer | undefined;
  /** Of this version; made later if absent. */
  readonly colors?: ColorDescriptor | undefined;
  /** Version of the date reader that ran when the file was enqueued. */
  readonly dateReader?: number | undefined;
  /** Result of the scan for faces, if there was one. */
  readonly faces?: FoundFaces | undefined;
}

/**
 * - `imported`: the photo is in the library
 * - `gone`: its job was canceled or is already done; nothing was written
 * - `duplicate`: a photo with the same bytes exists; job and original were dropped
 */
export type Kept = 'imported' | 'gone' | 'duplicate';

/** What identifies a photo outside the library. */
export type PhotoFile = Pick<PhotoRow, 'id' | 'hash' | 'name' | 'path'>;

/** Outcome of a photo, and of its faces. */
export interface KeptWithFaces {
  readonly outcome: Kept;
  /** `null` if no faces were given or nothing was written. */
  readonly faces: KeptFaces | null;
}

/** A thumbnail as stored: `image` is WebP. */
export interface StoredThumb {
  readonly id: PhotoId;
  readonly name: string;
  readonly image: ArrayBuffer;
}

export interface PhotoCounts {
  /** Photos in the gallery and in the trash. */
  readonly photos: number;
  readonly trashed: number;
}

/** Rows read per chunk: enough to be fast, few enough for one message between processes. */
const CHUNK = 5_000;

/** The photos of the library. */
export class Photos {
  readonly #connection: Connection;
  readonly #extenders: Extenders;

  constructor(connection: Connection, extenders: Extenders) {
    this.#connection = connection;
    this.#extenders = extenders;
  }

  /**
   * Turns a queued file into a photo: writes row, thumbnail, vector, delta mark, those in the spaces
   * of calibrations, classes, colors, ledger row and faces, and ends its job, atomically. The
   * original was stored when the file was enqueued.
   *
   * @throws AkinError `bad-vector` for an empty vector or one with a value that is not finite;
   *   `invalid-argument` for a face that would not be readable again; `quota-exceeded`,
   *   `storage-closed`, `storage-failed`
   */
  async keep(request: KeepRequest): Promise<Kept> {
    return (await this.keepWithFaces(request)).outcome;
  }

  /** As `keep`, and returns the face changes for an index in memory. */
  async keepWithFaces(request: KeepRequest): Promise<KeptWithFaces> {
    const { id, spaceId, thumb, classes, colors, regions, dateReader } = request;
    const vector = encodeVector(request.vector);
    const found = request.faces && checkFaces(request.faces.faces, request.faces);
    const ledger: LedgerRow = {
      vector: spaceId,
      ...(classes && { classes: spaceId }),
      ...(colors && { colors: COLORS_VERSION }),
      ...(dateReader !== undefined && { date: dateReader }),
    };
    const stores = [
      'photos',
      'thumbs',
      'jobs',
      'originals',
      'classes',
      'colors',
      'ledger',
      'regions',
      'calibrations',
      ...KEPT_FACES,
    ] as const;
    return this.#connection.run(stores, 'readwrite', async (tx) => {
      const photos = tx.objectStore('photos');
      const jobs = tx.objectStore('jobs');
      const job = await jobs.get(id);
      if (!isJobRow(job) || !job.stored || job.hash === undefined) {
        return { outcome: 'gone', faces: null };
      }
      if ((await photos.index('byHash').getKey(job.hash)) !== undefined) {
        await Promise.all([jobs.delete(id), tx.objectStore('originals').delete(id)]);
        return { outcome: 'duplicate', faces: null };
      }
      const row: PhotoRow = {
        id,
        hash: job.hash,
        name: job.name,
        path: job.path,
        type: job.type,
        bytes: job.bytes,
        width: request.width,
        height: request.height,
        thumbWidth: request.thumbWidth,
        thumbHeight: request.thumbHeight,
        addedAt: job.addedAt,
        ...takenOf(job),
        ...(job.credit && { credit: job.credit }),
        ...looksOf(request),
      };
      await together<unknown>([
        () => photos.add(row),
        () => tx.objectStore('thumbs').put(thumb, id),
        () => tx.objectStore('vectors').put(vector, [spaceId, id]),
        () => tx.objectStore('delta').put(true, [spaceId, id]),
        () => tx.objectStore('ledger').put(ledger, id),
        () => (classes ? tx.objectStore('classes').put(classes, id) : Promise.resolve()),
        () =>
          colors ? tx.objectStore('colors').put(colors.slice().buffer, id) : Promise.resolve(),
        () => (regions ? tx.objectStore('regions').put(regions, [spaceId, id]) : Promise.resolve()),
        () => jobs.delete(id),
      ]);
      await this.#extenders.extend(storesOf(tx, EXTENDED), spaceId, id, request.vector);
      const faces = found ? await keepFaces(storesOf(tx, KEPT_FACES), row, found) : null;
      return { outcome: 'imported', faces };
    });
  }

  /** @throws AkinError `not-found` if there is no such photo, not even in the trash */
  get(id: PhotoId): Promise<PhotoInfo> {
    return this.#connection.run(['photos'], 'readonly', async (tx) => {
      const row: unknown = await tx.objectStore('photos').get(id);
      if (!isPhotoRow(row)) throw missing(id);
      return toPhotoInfo(row);
    });
  }

  /** The most likely classes of a photo; `null` if none are stored. */
  classes(id: PhotoId): Promise<Classes | null> {
    return this.#connection.run(['classes'], 'readonly', async (tx) =>
      decodeClasses(await tx.objectStore('classes').get(id)),
    );
  }

  /** As `classes`, of many photos: those that have any. */
  classesOf(ids: readonly PhotoId[]): Promise<ReadonlyMap<PhotoId, Classes>> {
    return this.#connection.run(['classes'], 'readonly', async (tx) => {
      const rows = await together(ids.map((id) => () => tx.objectStore('classes').get(id)));
      const found = rows.map((row) => decodeClasses(row));
      return new Map(ids.flatMap((id, i) => (found[i] ? [[id, found[i]] as const] : [])));
    });
  }

  /** The SHA-256 of a photo's original; `undefined` if there is no such photo. */
  hash(id: PhotoId): Promise<string | undefined> {
    return this.#connection.run(['photos'], 'readonly', async (tx) => {
      const row: unknown = await tx.objectStore('photos').get(id);
      return isPhotoRow(row) ? row.hash : undefined;
    });
  }

  /** Hashes and file names of the photos of the gallery, ascending ids. */
  files(): Promise<readonly PhotoFile[]> {
    return this.#readGallery((rows) =>
      rows.map(({ id, hash, name, path }) => ({ id, hash, name, path })),
    );
  }

  /** The photos of the gallery, ascending ids. Skips malformed rows. */
  list(): Promise<readonly PhotoInfo[]> {
    return this.#readGallery((rows) => rows.map(toPhotoInfo));
  }

  /** The dates of the photos among `ids`, trashed ones included, ascending. */
  dates(ids: readonly PhotoId[]): Promise<readonly PhotoDate[]> {
    return this.#connection.run(['photos'], 'readonly', (tx) =>
      datesOf(tx.objectStore('photos'), ids),
    );
  }

  /** The photos of the gallery as columns. */
  gallery(): Promise<Gallery> {
    return this.#readGallery(toGallery);
  }

  /** The ids that are photos, trashed ones included, in the order requested. */
  existing(ids: readonly PhotoId[]): Promise<readonly PhotoId[]> {
    return this.#connection.run(['photos'], 'readonly', async (tx) => {
      const keys = await Promise.all(ids.map((id) => tx.objectStore('photos').getKey(id)));
      return keys.filter((key) => key !== undefined);
    });
  }

  /** Thumbnails of the photos among `ids`, trashed ones included, in the order requested. */
  thumbs(ids: readonly PhotoId[]): Promise<readonly StoredThumb[]> {
    return this.#connection.run(['photos', 'thumbs'], 'readonly', async (tx) => {
      const [rows, images] = await Promise.all([
        together(ids.map((id) => () => tx.objectStore('photos').get(id))),
        together(ids.map((id) => () => tx.objectStore('thumbs').get(id))),
      ]);
      const thumbs: StoredThumb[] = [];
      rows.forEach((row, i) => {
        const image: unknown = images[i];
        if (!isPhotoRow(row) || !(image instanceof ArrayBuffer)) return;
        thumbs.push({ id: row.id, name: row.name, image });
      });
      return thumbs;
    });
  }

  /** @throws AkinError `not-found` if there is no such photo */
  original(id: PhotoId): Promise<Blob> {
    return this.#connection.run(['photos', 'originals'], 'readonly', async (tx) => {
      const [key, stored] = await Promise.all([
        tx.objectStore('photos').getKey(id),
        tx.objectStore('originals').get(id),
      ]);
      // A queued file has an original too, but isn't a photo yet.
      const original = originalOf(stored);
      if (key === undefined || !original) throw missing(id);
      return original;
    });
  }

  counts(): Promise<PhotoCounts> {
    return this.#connection.run(['photos'], 'readonly', async (tx) => {
      const photos = tx.objectStore('photos');
      const [all, trashed] = await Promise.all([
        photos.count(),
        photos.index('byDeletedAt').count(),
      ]);
      return { photos: all - trashed, trashed };
    });
  }

  #readGallery<T>(take: (rows: readonly PhotoRow[]) => T): Promise<T> {
    return this.#connection.run(['photos'], 'readonly', async (tx) => take(await galleryRows(tx)));
  }
}

async function galleryRows(tx: Tx<readonly ['photos'], 'readonly'>): Promise<PhotoRow[]> {
  const photos = tx.objectStore('photos');
  const kept: PhotoRow[] = [];
  let rows = await photos.getAll(null, CHUNK);
  while (rows.length > 0) {
    for (const row of rows) if (isPhotoRow(row) && row.deletedAt === undefined) kept.push(row);
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK) break;
    rows = await photos.getAll(IDBKeyRange.lowerBound(last.id, true), CHUNK);
  }
  return kept;
}

function missing(id: PhotoId): AkinError {
  return new AkinError('not-found', `Photo ${id} is not in the library.`);
}
