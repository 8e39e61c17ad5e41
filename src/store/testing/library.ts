import { CODEBOOK_SIZE } from '../../base/colors/codebook.ts';
import { type ColorDescriptor, encodeColors } from '../../base/colors/descriptor.ts';
import type { PhotoId } from '../../protocol/index.ts';
import type { StageFile } from '../jobs/staging.ts';
import { type OpenOptions, openStore, type Store } from '../open.ts';
import type { KeepRequest } from '../photos/photos.ts';
import type { Space } from '../vectors/vectors.ts';

// Helpers of this folder's tests: separate libraries, and files identified by a number.

export const SPACE: Space = { id: 'test-v1', d: 4 };

let libraries = 0;

/** A unique name. */
export function freshName(): string {
  libraries++;
  return `library-${libraries}`;
}

export function openLibrary(options: OpenOptions = {}): Promise<Store> {
  return openStore({ name: freshName(), ...options });
}

export function fileOf(n: number): StageFile {
  const bytes = `original ${n}`;
  return {
    name: `photo ${n}.jpg`,
    path: 'holiday',
    bytes: bytes.length,
    type: 'image/jpeg',
    hash: n.toString(16).padStart(64, '0'),
    blob: new Blob([bytes], { type: 'image/jpeg' }),
  };
}

export function vectorOf(n: number): Float32Array<ArrayBuffer> {
  return Float32Array.of(n, n + 0.25, n + 0.5, n + 0.75);
}

export function keepOf(id: PhotoId, vector: Float32Array = vectorOf(id)): KeepRequest {
  return {
    id,
    width: 300,
    height: 200,
    thumbWidth: 30,
    thumbHeight: 20,
    thumb: Uint8Array.of(id & 255, 1, 2).buffer,
    spaceId: SPACE.id,
    vector,
    colors: testColors(),
  };
}

/** A photo that is all of one color. */
export function testColors(place = 0): ColorDescriptor {
  const shares = new Float64Array(CODEBOOK_SIZE);
  shares[place] = 1;
  return encodeColors(shares);
}

/** Enqueues one file and returns its id. */
export async function stage(store: Store, n: number): Promise<PhotoId> {
  const [staged] = await store.jobs.stage([fileOf(n)]);
  if (!staged) throw new Error('nothing was staged');
  return staged.id;
}

/** Imports one photo. */
export async function importPhoto(store: Store, n: number): Promise<PhotoId> {
  const id = await stage(store, n);
  const kept = await store.photos.keep(keepOf(id));
  if (kept !== 'imported') throw new Error(`photo ${n} was not kept but ${kept}`);
  return id;
}
