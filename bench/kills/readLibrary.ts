import type { Page } from '@playwright/test';

/** Stored data of a space. */
export interface StoredSpace {
  readonly spaceId: string;
  /** Ids of stored vectors, and the ones that no sealed segment holds yet. */
  readonly vectors: readonly number[];
  readonly delta: readonly number[];
  /** Sealed segments, base64. */
  readonly segments: readonly string[];
}

/** Contents of the browser's storage, read independently, with inconsistencies. */
export interface StoredLibrary {
  /** SHA-256 of each photo's original, by photo id. */
  readonly photos: readonly (readonly [id: number, hash: string])[];
  /** SHA-256 of each queued file. */
  readonly waiting: readonly string[];
  /** More than one while the library moves from one model to another. */
  readonly spaces: readonly StoredSpace[];
  readonly problems: readonly string[];
}

/** A file of the app that is not a page, so the app doesn't run there. */
const NO_PAGE = '/manifest.webmanifest';

/** Reads the library without Akin, from a page of its origin that doesn't run it. */
export async function readLibrary(page: Page, url: string): Promise<StoredLibrary> {
  await page.goto(new URL(NO_PAGE, url).href);
  // The loader wraps named functions in a helper that the page doesn't have.
  await page.evaluate('globalThis.__name = (named) => named');
  return page.evaluate(readStores);
}

/** Runs in the page. */
async function readStores(): Promise<StoredLibrary> {
  const problems: string[] = [];
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const known = await indexedDB.databases();
  if (!known.some(({ name }) => name === 'akin')) {
    return { photos: [], waiting: [], spaces: [], problems };
  }
  const db = await done(indexedDB.open('akin'));
  const tx = db.transaction([...db.objectStoreNames], 'readonly');
  const read = async (name: string) => {
    const store = tx.objectStore(name);
    const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    return new Map<unknown, unknown>(keys.map((key, i) => [key, values[i]]));
  };
  const names = [
    'photos',
    'jobs',
    'originals',
    'thumbs',
    'vectors',
    'delta',
    'manifest',
    'segments',
  ];
  const stores = new Map<string, Map<unknown, unknown>>();
  await Promise.all(names.map(async (name) => stores.set(name, await read(name))));
  db.close();
  const of = (name: string) => stores.get(name)!;
  const hex = (digest: ArrayBuffer) =>
    Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');

  type Row = { id: number; hash: string; bytes: number; state?: string; stored?: boolean };
  const photos = [...of('photos').values()] as Row[];
  const jobs = [...of('jobs').values()] as Row[];
  const vectors = [...of('vectors').keys()] as [string, number][];
  const vectorIds = new Set(vectors.map(([, id]) => id));
  for (const [key, value] of of('vectors')) {
    const floats = value instanceof ArrayBuffer ? new Float32Array(value) : new Float32Array(0);
    const norm = Math.hypot(...floats);
    if (!(Math.abs(norm - 1) < 0.01)) problems.push(`vector ${key} has the length ${norm}`);
    const [, id] = key as [string, number];
    if (!of('photos').has(id)) problems.push(`vector ${id} has no photo`);
  }
  for (const { id, hash, bytes } of photos) {
    const original = of('originals').get(id);
    if (!(original instanceof Blob)) problems.push(`photo ${id} has no original`);
    else {
      const content = await original.arrayBuffer().catch(() => new ArrayBuffer(0));
      if (
        content.byteLength !== bytes ||
        hex(await crypto.subtle.digest('SHA-256', content)) !== hash
      )
        problems.push(`the original of photo ${id} is not what was hashed`);
    }
    const thumb = of('thumbs').get(id);
    if (!(thumb instanceof ArrayBuffer) || thumb.byteLength === 0)
      problems.push(`photo ${id} has no thumbnail`);
    if (!vectorIds.has(id)) problems.push(`photo ${id} has no vector`);
    if (of('jobs').has(id)) problems.push(`photo ${id} still waits`);
  }
  for (const id of of('thumbs').keys())
    if (!of('photos').has(id)) problems.push(`thumbnail ${id} has no photo`);
  for (const id of of('originals').keys())
    if (!of('photos').has(id) && !of('jobs').has(id)) problems.push(`original ${id} is nobody's`);
  const hashes = new Set(photos.map(({ hash }) => hash));
  for (const { id, hash, stored, state } of jobs) {
    if (stored && !of('originals').has(id)) problems.push(`job ${id} has no original`);
    if (state === 'queued' && hashes.has(hash)) problems.push(`job ${id} is a photo already`);
  }
  const delta = [...of('delta').keys()] as [string, number][];
  const listed = new Map<unknown, string>();
  for (const [space, row] of of('manifest')) {
    for (const { id } of (row as { segments: { id: number }[] }).segments) {
      listed.set(id, space as string);
      if (!of('segments').has(id)) problems.push(`the manifest names segment ${id}, which is gone`);
    }
  }
  const segments: [space: string, base64: string][] = [];
  for (const [id, value] of of('segments')) {
    const space = listed.get(id);
    if (space === undefined) problems.push(`segment ${id} is in no manifest`);
    const bytes = new Uint8Array(value as ArrayBuffer);
    let text = '';
    for (let from = 0; from < bytes.length; from += 8192)
      text += String.fromCharCode(...bytes.subarray(from, from + 8192));
    if (space !== undefined) segments.push([space, btoa(text)]);
  }
  const ids = (keys: [string, number][], space: string) =>
    keys.filter(([own]) => own === space).map(([, id]) => id);
  const spaceIds = new Set([...vectors, ...delta, ...segments].map(([space]) => space));
  return {
    photos: photos.map(({ id, hash }) => [id, hash] as const),
    waiting: jobs.filter(({ state }) => state === 'queued').map(({ hash }) => hash),
    spaces: [...spaceIds].map((spaceId) => ({
      spaceId,
      vectors: ids(vectors, spaceId),
      delta: ids(delta, spaceId),
      segments: segments.filter(([space]) => space === spaceId).map(([, base64]) => base64),
    })),
    problems,
  };
}
