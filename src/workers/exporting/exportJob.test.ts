import 'fake-indexeddb/auto';
import { tableFromIPC } from '@uwdata/flechette';
import { unzipSync } from 'fflate';
import { openDB } from 'idb';
import { readParquet } from 'parquet-wasm';
import { describe, expect, it } from 'vitest';
import {
  NO_CLUSTER,
  type VectorFileProgress,
  type VectorFileRequest,
} from '../../protocol/index.ts';
import { encodeClasses, type Store } from '../../store/index.ts';
import { shownNames } from '../shared/shownNames.ts';
import { libraryOf, SPACE, upTo, vectorOf } from '../testing/indexedLibrary.ts';
import { type ExportJobOptions, exportJob } from './exportJob.ts';

const request = (photos: number, more: Partial<VectorFileRequest> = {}): VectorFileRequest => ({
  format: 'npy',
  source: {
    spaceId: SPACE.id,
    d: SPACE.d,
    ids: Uint32Array.from(upTo(photos)),
    items: shownNames([{ name: 'Cup\t1', photos: [2] }]),
    people: null,
  },
  ids: null,
  language: 'en',
  map: null,
  ...more,
});

const run = (store: Store, wanted: VectorFileRequest, more: Partial<ExportJobOptions> = {}) =>
  exportJob({
    store,
    request: wanted,
    nameOf: async ({ ids }) => `class ${ids[0]}`,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...more,
  });

async function unzipped(blob: Blob) {
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  const lines = new TextDecoder().decode(files['metadata.tsv']).trimEnd().split('\n');
  return { files, rows: lines.map((line) => line.split('\t')) };
}

const floats = (npy: Uint8Array) => [...new Float32Array(npy.slice(128).buffer)];
const vectorsOf = (ids: readonly number[]) => ids.flatMap((id) => [...vectorOf(id)]);

/** Makes a stored vector unreadable. */
async function damage(name: string, id: number) {
  const database = await openDB(name);
  await database.put('vectors', new ArrayBuffer(3), [SPACE.id, id]);
  database.close();
}

describe('exportJob', () => {
  it('writes the vectors of all photos, over blocks, and tells its progress', async () => {
    const { store } = await libraryOf(2_100);
    const told: VectorFileProgress[] = [];
    const { blob, photos, skipped } = await run(store, request(2_100), {
      onProgress: (progress) => told.push(progress),
    });
    expect({ photos, skipped }).toEqual({ photos: 2_100, skipped: 0 });
    expect(told.map(({ done }) => done)).toEqual([0, 2_000, 2_100]);
    const { files, rows } = await unzipped(blob);
    expect(floats(files['vectors.npy']!)).toEqual(vectorsOf(upTo(2_100)));
    expect([...new Uint32Array(files['ids.npy']!.slice(128).buffer)]).toEqual(upTo(2_100));
    expect(rows[0]).toEqual('name id folder taken added width height item word'.split(' '));
    expect(rows[2_100]!.slice(0, 2)).toEqual(['2100.webp', '2100']);
    expect(rows).toHaveLength(2_101);
  });

  it('leaves out photos that are not asked for, in the trash, or without a vector', async () => {
    const { store, name } = await libraryOf(8);
    await store.trash.add([3]);
    await damage(name, 5);
    const wanted = request(7, { ids: [8, 5, 4, 3, 2, 99] });
    const { blob, photos, skipped } = await run(store, wanted);
    expect({ photos, skipped }).toEqual({ photos: 2, skipped: 4 });
    const { files, rows } = await unzipped(blob);
    expect(rows.slice(1).map(([, id]) => id)).toEqual(['2', '4']);
    expect(floats(files['vectors.npy']!)).toEqual(vectorsOf([2, 4]));
  });

  it('says who is in a photo only if that was asked for', async () => {
    const { store, name } = await libraryOf(2);
    const database = await openDB(name);
    const ids = Uint16Array.of(7, 1, 2, 3, 4);
    await database.put('classes', encodeClasses({ ids, probabilities: new Float32Array(5) }), 1);
    database.close();
    const { source } = request(2);
    const people = shownNames([
      { name: 'Anna', photos: [1, 2] },
      { name: 'Ben\n', photos: [2] },
    ]);
    const map = {
      ids: Uint32Array.of(1, 2),
      positions: Float32Array.of(0.25, 0.5, 0.75, 1),
      clusters: Uint16Array.of(NO_CLUSTER, 3),
    };
    const whole = await run(store, request(2, { source: { ...source, people }, map }));
    const { rows } = await unzipped(whole.blob);
    expect(rows[0]!.slice(7)).toEqual(['item', 'people', 'word', 'x', 'y', 'cluster']);
    expect(rows[1]!.slice(7)).toEqual(['', 'Anna', 'class 7', '0.25', '0.5', '']);
    expect(rows[2]!.slice(7)).toEqual(['Cup 1', 'Anna; Ben ', '', '0.75', '1', '3']);
    const without = await run(store, request(2, { map, format: 'parquet' }));
    const bytes = new Uint8Array(await without.blob.arrayBuffer());
    expect(Buffer.from(bytes).includes('Anna')).toBe(false);
    const table = tableFromIPC(readParquet(bytes).intoIPCStream());
    expect([...table.getChild('cluster')].map((value) => value && Number(value))).toEqual([
      null,
      3,
    ]);
  });

  it('refuses an unknown format and a selection without vectors, and can be aborted', async () => {
    const { store } = await libraryOf(2);
    const unknown = request(2, { format: 'csv' as 'tsv' });
    await expect(run(store, unknown)).rejects.toMatchObject({ code: 'invalid-argument' });
    const none = request(2, { ids: [] });
    await expect(run(store, none)).rejects.toMatchObject({ code: 'not-found' });
    const signal = AbortSignal.abort();
    await expect(run(store, request(2), { signal })).rejects.toMatchObject({ code: 'aborted' });
  });
});
