import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openStore } from '../open.ts';
import { freshName, stage } from '../testing/library.ts';
import { releasedLibrary, restore } from '../testing/releasedLibrary.ts';

const releases = readdirSync(`${import.meta.dirname}/../testing/releases`).map((file) =>
  file.replace(/\.json$/, ''),
);

describe.each(releases)('a library stored by Akin %s', (release) => {
  it('opens with all its photos, vectors, faces and names', async () => {
    const name = freshName();
    await restore({ name, library: await releasedLibrary(release) });
    const store = await openStore({ name });
    const photos = await store.photos.list();
    expect(photos).toHaveLength(12);
    for (const { id, bytes } of photos) {
      const original = await store.photos.original(id);
      expect(original.size).toBe(bytes);
      // The packages with the pictures are pinned, so these are the bytes that were hashed.
      const digest = createHash('sha256').update(new Uint8Array(await original.arrayBuffer()));
      expect(digest.digest('hex')).toBe(await store.photos.hash(id));
    }
    expect(await store.photos.thumbs(photos.map(({ id }) => id))).toHaveLength(12);
    const space = { id: 'visual-v1/9b14ec044e26/256', d: 256 };
    const index = await store.indexes.load(space);
    expect(index).toMatchObject({ damage: null, stored: 12 });
    expect(index.segments.map(({ kind }) => kind)).toEqual(['flat']);
    const { ids, skipped } = await store.indexes.vectors(
      space,
      photos.map(({ id }) => id),
    );
    expect([ids.length, skipped]).toEqual([12, []]);
    const log = JSON.stringify(await store.faces.log());
    for (const person of ['Ana', 'Ben', 'Cleo']) expect(log).toContain(person);
    const faces = await store.faces.list();
    expect(faces.ids.length).toBeGreaterThanOrEqual(5);
    // Ids continue after the existing ones.
    expect(await stage(store, 1)).toBeGreaterThan(photos.at(-1)!.id);
  });
});
