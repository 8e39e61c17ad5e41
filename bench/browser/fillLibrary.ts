import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { clusteredUnitVectors } from '../../src/ann/index.ts';
import { COLORS_VERSION } from '../../src/base/colors/descriptor.ts';
import { createPrng } from '../../src/base/prng.ts';
import { DATE_READER } from '../../src/workers/dates/dateOf.ts';

/** Rows sent to the page at a time. */
const PART = 500;

export interface FillOptions {
  readonly n: number;
  /** Id of the first; 1 by default. */
  readonly firstId?: number;
  /** Encoded pictures to use in turn; the samples by default. */
  readonly pictures?: readonly Uint8Array[];
  /** Whether to store originals, a file each; by default, they are. */
  readonly originals?: boolean;
  readonly seed: number;
  readonly spaceId: string;
  readonly d: number;
}

/**
 * Writes a library of `n` photos directly to the store, as an import would, with the sample
 * pictures as images and seeded vectors: embedding ten thousand would take an hour, and these
 * benchmarks don't measure it. The photos count as complete in their space, or opening the library
 * would derive their dates, colors and parts. No import may be running in the page.
 */
export async function fillLibrary(page: Page, options: FillOptions): Promise<void> {
  const pictures = options.pictures ?? samplePictures();
  const images = pictures.map((bytes) => Buffer.from(bytes).toString('base64'));
  await page.evaluate(async (encoded) => {
    const decoded = encoded.map((base64) =>
      Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)),
    );
    const sized = await Promise.all(
      decoded.map(async (bytes) => {
        const bitmap = await createImageBitmap(new Blob([bytes]));
        return { bytes, width: bitmap.width, height: bitmap.height };
      }),
    );
    Object.assign(window, { benchImages: sized });
  }, images);

  const { n, d, seed, spaceId, firstId = 1, originals = true } = options;
  const draw = clusteredUnitVectors(
    { d, centres: Math.max(1, Math.floor(n / 500)) },
    createPrng(seed),
  );
  const vectors = draw(n);
  for (let from = 0; from < n; from += PART) {
    const count = Math.min(PART, n - from);
    const part = vectors.subarray(from * d, (from + count) * d);
    const base64 = Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('base64');
    const hashes = Array.from({ length: count }, (_, i) =>
      createHash('sha256')
        .update(`${seed}/${from + i}`)
        .digest('hex'),
    );
    await page.evaluate(writePart, {
      firstId: firstId + from,
      count,
      d,
      spaceId,
      base64,
      hashes,
      originals,
    });
  }
  await countAsComplete(page, spaceId);
}

/** Records that no photo lacks anything derived from it, as after the ledger's background work. */
export function countAsComplete(page: Page, spaceId: string): Promise<void> {
  const versions = { date: DATE_READER, colors: COLORS_VERSION, regions: true };
  return page.evaluate(writeComplete, { ...versions, space: spaceId });
}

/** Runs in the page. */
async function writeComplete(wanted: Record<string, unknown>): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('akin');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const tx = database.transaction('meta', 'readwrite');
  tx.objectStore('meta').put(wanted, 'ledger.complete');
  await new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error);
  });
  database.close();
}

function samplePictures(): Uint8Array[] {
  const entries = unzipSync(readFileSync('public/samples/samples.zip'));
  const { items } = JSON.parse(strFromU8(entries['samples.json']!)) as {
    items: { file: string }[];
  };
  return items.map(({ file }) => entries[file]!);
}

interface Part {
  readonly firstId: number;
  readonly count: number;
  readonly d: number;
  readonly spaceId: string;
  readonly base64: string;
  readonly hashes: string[];
  readonly originals: boolean;
}

/** Runs in the page: one transaction for all rows of a batch. */
async function writePart(part: Part): Promise<void> {
  const { firstId, count, d, spaceId, base64, hashes, originals } = part;
  const { benchImages } = window as unknown as {
    benchImages: { bytes: Uint8Array<ArrayBuffer>; width: number; height: number }[];
  };
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const vectors = bytes.buffer;
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('akin');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const names = ['photos', 'originals', 'thumbs', 'vectors', 'delta', 'jobs'];
  const tx = database.transaction(names, 'readwrite');
  for (let i = 0; i < count; i++) {
    const id = firstId + i;
    const { bytes: image, width, height } = benchImages[id % benchImages.length]!;
    tx.objectStore('photos').put({
      id,
      hash: hashes[i],
      name: `Photo ${id}.webp`,
      path: '',
      type: 'image/webp',
      bytes: image.byteLength,
      width,
      height,
      thumbWidth: width,
      thumbHeight: height,
      addedAt: 1_700_000_000_000 + id,
    });
    if (originals) {
      tx.objectStore('originals').put(new Blob([image], { type: 'image/webp' }), id);
    }
    tx.objectStore('thumbs').put(image.buffer, id);
    tx.objectStore('vectors').put(vectors.slice(i * d * 4, (i + 1) * d * 4), [spaceId, id]);
    tx.objectStore('delta').put(true, [spaceId, id]);
  }
  await new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onerror = () => reject(tx.error);
    tx.onabort = () => reject(tx.error);
  });
  database.close();
}
