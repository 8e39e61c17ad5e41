import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { AkinSchema } from '../database/schema.ts';
import { openStore, type Store } from '../open.ts';
import { dump, FACES, foundOf, importWithFaces, newFace } from '../testing/faces.ts';
import { freshName, importPhoto, openLibrary, SPACE } from '../testing/library.ts';
import type { SaveRequest } from '../vectors/indexes.ts';

async function sealOf(store: Store, spaceId: string, bytes: string): Promise<SaveRequest> {
  return {
    spaceId,
    expectedGeneration: await store.indexes.generation(spaceId),
    keptSegments: [],
    segments: [{ kind: 'flat', formatVersion: 1, blob: new TextEncoder().encode(bytes).buffer }],
    includedDeltaIds: [],
    droppedTombstones: [],
  };
}

const save = async (store: Store, spaceId: string, bytes: string) =>
  store.indexes.save(await sealOf(store, spaceId, bytes));

/** A value as text, in which to search for keys, names and bytes. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part instanceof ArrayBuffer ? `bytes:${[...new Uint8Array(part)].join()}` : part,
  );
}

describe('erasing faces', () => {
  it('leaves no trace of them and keeps all photo data', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    for (const n of [1, 2, 3]) await importPhoto(store, n);
    await save(store, SPACE.id, 'photos');
    await store.meta.set('backend', 'wasm');
    await store.trash.add([3]);
    const photosAlone = await dump(name);

    const traces = [FACES.id, 'second', 'third', 'said of Ana', 'only-faces-have-this'];
    const keep = async (photo: number, ...args: Parameters<typeof newFace>) => {
      const kept = await store.faces.keep(
        foundOf(photo, [newFace(...args)], 'only-faces-have-this'),
      );
      for (const face of kept?.added ?? []) traces.push(`${face.id}`);
      for (const id of kept?.removed ?? []) traces.push(`${id}`);
    };
    for (const n of [1, 2, 3]) {
      await keep(n, n);
      traces.push(`face ${n}`, textOf(newFace(n).chip));
    }
    await keep(1, 1, { spaceId: 'second' });
    await keep(2, 2, { vector: Float32Array.of(5, 5, 5) });
    for (const vector of [newFace(1).vector, newFace(3).vector, Float32Array.of(5, 5, 5)]) {
      traces.push(textOf(vector.buffer));
    }
    await store.faces.append([{ id: 1, words: 'said of Ana' } as { id: number }]);
    // All faces of the third space are gone: no row refers to it, but its segment still holds
    // them.
    for (const space of [FACES.id, 'second', 'third']) {
      await save(store, space, `sealed ${space}`);
      traces.push(textOf(new TextEncoder().encode(`sealed ${space}`).buffer));
    }
    await store.meta.set('faces.on', 'only-faces-have-this');
    const full = textOf([...(await dump(name))]);
    for (const trace of traces) expect(full).toContain(trace);

    await store.faces.erase([FACES.id]);
    const left = await dump(name);
    const text = textOf([...left]);
    for (const trace of traces) expect(text).not.toContain(trace);
    // The only change is where spaces without a generation start.
    const meta = left.get('meta')?.filter(([key]) => key !== '"first-generation"');
    expect(new Map(left).set('meta', meta ?? [])).toEqual(photosAlone);
    expect(await store.faces.counts()).toEqual({ faces: 0, trashed: 0 });
    expect(await store.faces.unscanned('v1', 0, 9)).toEqual([1, 2]);
  });

  it.each([0, 1, 3])(
    'makes later saves of an index trained before conflict (generation %i)',
    async (seals) => {
      const name = freshName();
      const one = await openLibrary({ name });
      await importWithFaces(one, 1, 1);
      for (let i = 0; i < seals; i++) await save(one, FACES.id, 'x');
      await save(one, SPACE.id, 'photos');
      const trained = await sealOf(one, FACES.id, 'late');
      const photos = await sealOf(one, SPACE.id, 'more photos');
      const two = await openStore({ name });
      await two.faces.erase([FACES.id]);
      const answer = await one.indexes.save(trained);
      expect(answer).toEqual({ outcome: 'conflict', generation: seals + 1 });
      // The photo index is unaffected.
      expect(await one.indexes.save(photos)).toMatchObject({ outcome: 'saved' });
      // Faces found later start a new index, and a second erase ends that too.
      await one.faces.keep(foundOf(1, [newFace(1)]));
      expect(await save(one, FACES.id, 'new')).toMatchObject({ outcome: 'saved' });
      const later = await sealOf(one, FACES.id, 'late');
      await two.faces.erase([FACES.id]);
      expect(await one.indexes.save(later)).toMatchObject({ outcome: 'conflict' });
    },
  );

  it('rejects a photo space and changes nothing', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    await importWithFaces(store, 1, 1);
    const before = await dump(name);
    await expect(store.faces.erase([FACES.id, SPACE.id])).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    expect(await dump(name)).toEqual(before);
  });

  it('also deletes unreadable data, and never reuses a key', async () => {
    const name = freshName();
    const store = await openLibrary({ name });
    const { faces } = await importWithFaces(store, 1, 2);
    const db = await openDB<AkinSchema>(name);
    const odd = { spaceId: FACES.id, segments: 5 } as unknown as AkinSchema['manifest']['value'];
    await db.put('manifest', odd);
    await db.put('segments', new ArrayBuffer(9), 40);
    await db.put('faces', { id: 2 ** 31 + 2_000 } as AkinSchema['faces']['value']);
    await store.faces.erase([]);
    for (const held of ['faces', 'chips', 'manifest', 'segments', 'tombstones'] as const) {
      expect(await db.count(held)).toBe(0);
    }
    db.close();
    const kept = await store.faces.keep(foundOf(1, [newFace(1)]));
    expect(kept!.added[0]!.id).toBeGreaterThan(faces[1]!);
    await store.clear();
    for (const [held, rows] of await dump(name)) {
      expect(rows.map(([key]) => key)).toEqual(
        held === 'meta' ? ['"first-generation"', '"first-numbers"', '"library"'] : [],
      );
    }
  });
});
