import { openDB } from 'idb';
import type { FaceBox, FaceKey, PhotoId } from '../../protocol/index.ts';
import type { AkinSchema } from '../database/schema.ts';
import type { FoundFaces, NewFace } from '../faces/keepFaces.ts';
import type { Store } from '../open.ts';
import type { Space } from '../vectors/vectors.ts';
import { importPhoto } from './library.ts';

export const FACES: Space = { id: 'faces-test', d: 3 };

/** A distinct box for each number up to 99; none overlap. */
export function boxOf(n: number): FaceBox {
  return { x: (n % 10) / 10, y: Math.floor(n / 10) / 10, width: 0.08, height: 0.08 };
}

/** The box of a number, shifted to the right. */
export function moved(n: number, by: number): FaceBox {
  return { ...boxOf(n), x: boxOf(n).x + by };
}

/** A face with a number for identity, at the box of that number. */
export function newFace(n: number, change: Partial<NewFace> = {}): NewFace {
  const box = boxOf(n);
  return {
    faceId: `face ${n}`,
    box,
    points: [1, 2, 3, 4, 5].map((i) => ({ x: box.x + i / 100, y: box.y - i / 100 })),
    score: 0.9,
    flag: 0.95,
    sizePx: 100 + n,
    blur: 250.5,
    pose: { yaw: -10, pitch: 5, roll: 170 },
    quality: n % 2 === 1 ? 'good' : 'unsure',
    spaceId: FACES.id,
    vector: faceVector(n),
    chip: Uint8Array.of(n, 7, 7).buffer,
    ...change,
  };
}

export function faceVector(n: number): Float32Array<ArrayBuffer> {
  return Float32Array.of(n, n + 0.5, -n);
}

export function foundOf(
  photoId: PhotoId,
  faces: readonly NewFace[],
  version = 'v1',
): FoundFaces & { readonly photoId: PhotoId } {
  return { photoId, version, faces, leftOut: 0 };
}

/** Imports a photo with as many faces, numbered from `n * 10`. */
export async function importWithFaces(
  store: Store,
  n: number,
  faces: number,
): Promise<{ readonly photo: PhotoId; readonly faces: readonly FaceKey[] }> {
  const photo = await importPhoto(store, n);
  const found = Array.from({ length: faces }, (_, i) => newFace(n * 10 + i));
  const kept = await store.faces.keep(foundOf(photo, found));
  if (!kept) throw new Error(`the faces of photo ${n} were not kept`);
  return { photo, faces: kept.added.map((face) => face.id) };
}

/** Everything in a database, keys as text. */
export async function dump(name: string): Promise<Map<string, [string, unknown][]>> {
  const db = await openDB<AkinSchema>(name);
  const all = new Map<string, [string, unknown][]>();
  for (const store of db.objectStoreNames) {
    const [keys, values] = await Promise.all([db.getAllKeys(store), db.getAll(store)]);
    all.set(
      store,
      keys.map((key, i) => [JSON.stringify(key), values[i]]),
    );
  }
  db.close();
  return all;
}

/** The keys of one store, as text. */
export async function keysIn(name: string, store: string): Promise<string[]> {
  return ((await dump(name)).get(store) ?? []).map(([key]) => key);
}
