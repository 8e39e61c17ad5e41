import { COLORS_VERSION, type ColorDescriptor } from '../../base/colors/descriptor.ts';
import type { ErrorCode, ErrorDetails, ErrorReport } from '../../base/errors.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { EXTENDED, type Extenders } from '../calibrations/extenders.ts';
import { type Connection, storesOf, type Tx } from '../database/connection.ts';
import { isObject, isPhotoRow } from '../database/rows.ts';
import type { LedgerRow } from '../database/schema.ts';
import { encodeVector } from '../vectors/vectors.ts';
import { betterDate, type Taken } from './photoDates.ts';

/** `meta` key of the versions for which every photo has all derived data. */
export const LEDGER_COMPLETE = 'ledger.complete';

/** The versions wanted now. */
export interface Wanted {
  /** Of the date reader. */
  readonly date: number;
  /** The space that vectors should be in. */
  readonly space: string;
  /** Of color descriptors. */
  readonly colors: number;
  /** Whether photos should have regions in that space, too. */
  readonly regions?: boolean;
}

/** A photo that lacks derived data. */
export interface Missing {
  readonly id: PhotoId;
  readonly date: boolean;
  /** Vector, regions and classes, which one inference produces. */
  readonly vector: boolean;
  readonly colors: boolean;
  readonly viewedAt: number;
}

/** A photo whose vector failed or is reduced. */
export interface Derived extends ErrorReport {
  readonly id: PhotoId;
  readonly name: string;
  /** False if it was derived from the thumbnail. */
  readonly failed: boolean;
}

export interface KeepMoved {
  readonly id: PhotoId;
  readonly spaceId: string;
  /** `d` values, unit length. */
  readonly vector: Float32Array;
  readonly classes?: ArrayBuffer | undefined;
  /** From `encodeRegions`, if the model has a feature map. */
  readonly regions?: ArrayBuffer | undefined;
  /** Why it was derived from the thumbnail, if it was. */
  readonly reduced?: ErrorCode | undefined;
}

/** Photos read per chunk. */
const CHUNK = 5_000;
/** Minimum time between two recorded views of a photo, in milliseconds. */
const VIEW_AGAIN_MS = 60_000;

const SEEN = ['photos', 'vectors', 'ledger', 'regions'] as const;

/**
 * What derived data each photo has, and the only way to find what is missing. Whether a photo has a
 * vector is read from the vectors themselves: a tab of an earlier version may write one without a
 * ledger row.
 */
export class Ledger {
  readonly #connection: Connection;
  readonly #extenders: Extenders;

  constructor(connection: Connection, extenders: Extenders) {
    this.#connection = connection;
    this.#extenders = extenders;
  }

  /**
   * Photos that lack something, trash included, ascending: read in chunks, one transaction each.
   * Photos whose vector failed don't lack it.
   */
  async missing({ date, space, colors, regions = false }: Wanted): Promise<Missing[]> {
    const missing: Missing[] = [];
    for (let after = 0; ; ) {
      const chunk = await this.#connection.run(SEEN, 'readonly', (tx) =>
        chunkOf(tx, after, space, regions),
      );
      for (const [i, id] of chunk.ids.entries()) {
        const row = chunk.rows[i]!;
        const lacksDate = row.date !== date;
        const lacksVector = !chunk.moved.has(id) && row.failed?.space !== space;
        const lacksColors = row.colors !== colors;
        if (!lacksDate && !lacksVector && !lacksColors) continue;
        const { viewedAt = 0 } = row;
        missing.push({
          ...{ id, date: lacksDate, vector: lacksVector, colors: lacksColors },
          viewedAt,
        });
      }
      const last = chunk.ids.at(-1);
      if (last === undefined || chunk.ids.length < CHUNK) return missing;
      after = last;
    }
  }

  /** Whether a photo has a vector in a space; `null` if there is no such photo. */
  has(id: PhotoId, space: string): Promise<boolean | null> {
    return this.#connection.run(['photos', 'vectors'], 'readonly', async (tx) => {
      if ((await tx.objectStore('photos').getKey(id)) === undefined) return null;
      return (await tx.objectStore('vectors').getKey([space, id])) !== undefined;
    });
  }

  /**
   * Stores a photo's vector in a space, with its delta mark, those in the spaces of calibrations,
   * regions, classes and ledger row, atomically. If it already has the vector, stores only the
   * regions. Returns false, with nothing written, if the photo is gone or has both.
   *
   * @throws AkinError `bad-vector`, `quota-exceeded`, `storage-closed`, `storage-failed`
   */
  async keep({ id, spaceId, vector, classes, regions, reduced }: KeepMoved): Promise<boolean> {
    const encoded = encodeVector(vector);
    const stores = ['photos', 'classes', 'ledger', 'regions', ...EXTENDED] as const;
    return this.#connection.run(stores, 'readwrite', async (tx) => {
      if ((await tx.objectStore('photos').getKey(id)) === undefined) return false;
      const vectors = tx.objectStore('vectors');
      const parts = tx.objectStore('regions');
      const isNew = regions && (await parts.getKey([spaceId, id])) === undefined;
      if (isNew) await parts.put(regions, [spaceId, id]);
      if ((await vectors.getKey([spaceId, id])) !== undefined) return isNew === true;
      const ledger = tx.objectStore('ledger');
      const { failed: _failed, reduced: _reduced, ...row } = ledgerRow(await ledger.get(id));
      await vectors.put(encoded, [spaceId, id]);
      await tx.objectStore('delta').put(true, [spaceId, id]);
      await this.#extenders.extend(storesOf(tx, EXTENDED), spaceId, id, vector);
      if (classes) await tx.objectStore('classes').put(classes, id);
      await ledger.put(
        {
          ...row,
          vector: spaceId,
          ...(classes && { classes: spaceId }),
          ...(reduced && { reduced }),
        },
        id,
      );
      return true;
    });
  }

  /** Records why making a vector for a space failed. */
  async fail(id: PhotoId, failed: NonNullable<LedgerRow['failed']>): Promise<void> {
    await this.#change(id, (row) => ({ ...row, failed }));
  }

  /** Records that a photo was viewed. Written at most once a minute. */
  async viewed(id: PhotoId, now: number = Date.now()): Promise<void> {
    await this.#change(id, (row) =>
      now - (row.viewedAt ?? 0) < VIEW_AGAIN_MS ? null : { ...row, viewedAt: now },
    );
  }

  /**
   * Records that a date reader ran on a photo, and what it found.
   *
   * @returns whether that date is better than the photo's previous one
   */
  dated(id: PhotoId, reader: number, taken: Taken | undefined): Promise<boolean> {
    return this.#connection.run(['photos', 'ledger'], 'readwrite', async (tx) => {
      const photos = tx.objectStore('photos');
      if ((await photos.getKey(id)) === undefined) return false;
      const ledger = tx.objectStore('ledger');
      await ledger.put({ ...ledgerRow(await ledger.get(id)), date: reader }, id);
      return taken !== undefined && betterDate(photos, id, taken);
    });
  }

  /**
   * Stores a photo's colors, or, with `null`, that they can't be made. Returns false, with nothing
   * written, if the photo is gone.
   *
   * @throws AkinError `quota-exceeded`, `storage-closed`, `storage-failed`
   */
  keepColors(id: PhotoId, colors: ColorDescriptor | null): Promise<boolean> {
    return this.#connection.run(['photos', 'colors', 'ledger'], 'readwrite', async (tx) => {
      if ((await tx.objectStore('photos').getKey(id)) === undefined) return false;
      const ledger = tx.objectStore('ledger');
      if (colors) await tx.objectStore('colors').put(colors.slice().buffer, id);
      else await tx.objectStore('colors').delete(id);
      await ledger.put({ ...ledgerRow(await ledger.get(id)), colors: COLORS_VERSION }, id);
      return true;
    });
  }

  /** Photos whose vector failed or comes from the thumbnail, ascending. */
  notes(limit: number): Promise<readonly Derived[]> {
    return this.#connection.run(['photos', 'ledger'], 'readonly', async (tx) => {
      const ledger = tx.objectStore('ledger');
      const [failed, reduced] = await Promise.all([
        ledger.index('byFailure').getAllKeys(null, limit),
        ledger.index('byReduced').getAllKeys(null, limit),
      ]);
      const ids = [...new Set([...failed, ...reduced])].sort((a, b) => a - b).slice(0, limit);
      const notes: Derived[] = [];
      for (const id of ids) {
        const photo: unknown = await tx.objectStore('photos').get(id);
        const row = ledgerRow(await ledger.get(id));
        const code = row.failed?.code ?? row.reduced;
        if (!isPhotoRow(photo) || code === undefined) continue;
        const { space: _space, ...error } = row.failed ?? { space: '', code, message: '' };
        notes.push({ id, name: photo.name, ...error, failed: row.failed !== undefined });
      }
      return notes;
    });
  }

  /** How many photos have a failure, and how many a vector from their thumbnail. */
  noted(): Promise<{ readonly failed: number; readonly reduced: number }> {
    return this.#connection.run(['ledger'], 'readonly', async (tx) => {
      const ledger = tx.objectStore('ledger');
      const [failed, reduced] = await Promise.all([
        ledger.index('byFailure').count(),
        ledger.index('byReduced').count(),
      ]);
      return { failed, reduced };
    });
  }

  /** Discards the failures, so those vectors count as missing again. */
  forgetFailures(): Promise<void> {
    return this.#connection.run(['ledger', 'meta'], 'readwrite', async (tx) => {
      const ledger = tx.objectStore('ledger');
      for (const id of await ledger.index('byFailure').getAllKeys()) {
        const { failed: _failed, ...row } = ledgerRow(await ledger.get(id));
        await ledger.put(row, id);
      }
      await tx.objectStore('meta').delete(LEDGER_COMPLETE);
    });
  }

  /** Whether nothing was missing at the last check, so no photo needs one. */
  isComplete({ date, space, colors, regions = false }: Wanted): Promise<boolean> {
    return this.#connection.run(['meta'], 'readonly', async (tx) => {
      const kept: unknown = await tx.objectStore('meta').get(LEDGER_COMPLETE);
      return (
        isObject(kept) &&
        kept.date === date &&
        kept.space === space &&
        kept.colors === colors &&
        (!regions || kept.regions === true)
      );
    });
  }

  async completed({ date, space, colors, regions = false }: Wanted): Promise<void> {
    await this.#connection.run(['meta'], 'readwrite', (tx) =>
      tx
        .objectStore('meta')
        .put({ date, space, colors, ...(regions && { regions }) }, LEDGER_COMPLETE),
    );
  }

  #change(id: PhotoId, change: (row: LedgerRow) => LedgerRow | null): Promise<void> {
    return this.#connection.run(['photos', 'ledger'], 'readwrite', async (tx) => {
      if ((await tx.objectStore('photos').getKey(id)) === undefined) return;
      const row = change(ledgerRow(await tx.objectStore('ledger').get(id)));
      if (row) await tx.objectStore('ledger').put(row, id);
    });
  }
}

interface Chunk {
  readonly ids: readonly PhotoId[];
  /** In the order of `ids`. */
  readonly rows: readonly LedgerRow[];
  /** The ones with a vector in the space, and regions if wanted. */
  readonly moved: ReadonlySet<PhotoId>;
}

async function chunkOf(
  tx: Tx<typeof SEEN, 'readonly'>,
  after: PhotoId,
  space: string,
  withRegions: boolean,
): Promise<Chunk> {
  const ids = await tx.objectStore('photos').getAllKeys(IDBKeyRange.lowerBound(after, true), CHUNK);
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return { ids: [], rows: [], moved: new Set() };
  const range = IDBKeyRange.bound(first, last);
  const inSpace = IDBKeyRange.bound([space, first], [space, last]);
  const [keys, rows, vectors, regions] = await Promise.all([
    tx.objectStore('ledger').getAllKeys(range),
    tx.objectStore('ledger').getAll(range),
    tx.objectStore('vectors').getAllKeys(inSpace),
    withRegions ? tx.objectStore('regions').getAllKeys(inSpace) : null,
  ]);
  const parted = regions && new Set(regions.map(([, id]) => id));
  const byId = new Map(keys.map((id, i) => [id, rows[i]]));
  return {
    ids,
    rows: ids.map((id) => ledgerRow(byId.get(id))),
    moved: new Set(vectors.flatMap(([, id]) => (!parted || parted.has(id) ? [id] : []))),
  };
}

/** The readable part of a row: the rest counts as missing and is derived again. */
function ledgerRow(value: unknown): LedgerRow {
  if (!isObject(value)) return {};
  const { date, vector, classes, colors, reduced, failed, viewedAt } = value;
  const { space, code, message, details } = isObject(failed) ? failed : {};
  const isFailure =
    typeof space === 'string' && typeof code === 'string' && typeof message === 'string';
  return {
    ...(typeof date === 'number' && { date }),
    ...(typeof vector === 'string' && { vector }),
    ...(typeof classes === 'string' && { classes }),
    ...(typeof colors === 'number' && { colors }),
    ...(typeof reduced === 'string' && { reduced: reduced as ErrorCode }),
    ...(isFailure && {
      failed: {
        space,
        code: code as ErrorCode,
        message,
        ...(isObject(details) && { details: details as ErrorDetails }),
      },
    }),
    ...(typeof viewedAt === 'number' && { viewedAt }),
  };
}
