import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

// Libraries as released versions stored them, recorded by `scripts/keepRelease.ts`. Pictures come
// from npm packages; their thumbnails and faces are derived again.

/** A stored value, bytes as base64, so it can be passed to a page. */
type Value = unknown;

interface Row {
  readonly key: IDBValidKey;
  readonly value: Value;
}

/** A recorded database, for {@link restore}. */
export interface StoredLibrary {
  readonly version: number;
  readonly stores: readonly {
    readonly name: string;
    readonly keyPath: string | string[] | null;
    readonly autoIncrement: boolean;
    readonly indexes: readonly {
      readonly name: string;
      readonly keyPath: string | string[];
      readonly unique: boolean;
    }[];
    readonly rows: readonly Row[];
  }[];
}

interface PictureValue {
  readonly $original?: string;
  readonly $thumb?: string;
  readonly $chip?: string;
  readonly box?: { x: number; y: number; width: number; height: number };
}

const THUMB_SIDE = 384;
const CHIP_SIDE = 150;

/** A release's library of twelve photos with three named people. */
export async function releasedLibrary(release: string): Promise<StoredLibrary> {
  const path = join(import.meta.dirname, 'releases', `${release}.json`);
  const { version, stores } = JSON.parse(readFileSync(path, 'utf8')) as StoredLibrary;
  const filled = stores.map(async (store) => ({
    ...store,
    rows: await Promise.all(
      store.rows.map(async ({ key, value }) => ({ key, value: await withPicture(value) })),
    ),
  }));
  return { version, stores: await Promise.all(filled) };
}

async function withPicture(value: Value): Promise<Value> {
  const { $original, $thumb, $chip, box } = (value ?? {}) as PictureValue;
  const path = $original ?? $thumb ?? $chip;
  if (path === undefined) return value;
  const bytes = readFileSync(join('node_modules', path));
  if ($original !== undefined) return { $blob: bytes.toString('base64'), type: 'image/jpeg' };
  const image = sharp(bytes);
  if (box) {
    const { width, height } = await image.metadata();
    const left = Math.max(0, Math.round(box.x * width));
    const top = Math.max(0, Math.round(box.y * height));
    image.extract({
      left,
      top,
      width: Math.min(width - left, Math.round(box.width * width)),
      height: Math.min(height - top, Math.round(box.height * height)),
    });
  }
  const side = box ? CHIP_SIDE : THUMB_SIDE;
  const made = await image
    .resize(side, side, { fit: box ? 'fill' : 'inside' })
    .webp()
    .toBuffer();
  return { $bytes: made.toString('base64') };
}

/** Writes a library into a new database. Self-contained, so it runs in a page too. */
export async function restore({
  name,
  library: { version, stores },
}: {
  readonly name: string;
  readonly library: StoredLibrary;
}): Promise<void> {
  const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const storedValue = (value: unknown): unknown => {
    const { $bytes, $array, $blob, type } = (value ?? {}) as Record<string, string | undefined>;
    if ($bytes !== undefined) return bytesOf($bytes).buffer;
    if ($array !== undefined) return bytesOf($array);
    return $blob === undefined ? value : new Blob([bytesOf($blob)], { type: type ?? '' });
  };
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name, version);
    opening.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion !== 0) throw new Error(`There is a database ${name} already.`);
      for (const { name: of, keyPath, autoIncrement, indexes } of stores) {
        const store = opening.result.createObjectStore(of, { keyPath, autoIncrement });
        for (const index of indexes) {
          store.createIndex(index.name, index.keyPath, { unique: index.unique });
        }
      }
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const tx = database.transaction([...database.objectStoreNames], 'readwrite');
  const done = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
  });
  for (const { name: of, keyPath, rows } of stores) {
    for (const { key, value } of rows) {
      if (keyPath === null) tx.objectStore(of).put(storedValue(value), key);
      else tx.objectStore(of).put(storedValue(value));
    }
  }
  // Photo ids are those of finished jobs: the next id comes after them.
  const last = stores.find(({ name: of }) => of === 'photos')?.rows.at(-1)?.key;
  if (last !== undefined) {
    tx.objectStore('jobs').put({ id: last });
    tx.objectStore('jobs').delete(last);
  }
  await done;
  database.close();
}
