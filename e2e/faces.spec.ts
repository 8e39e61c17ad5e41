import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures/akin.ts';
import { dump, dumpAtRest } from './fixtures/database.ts';
import { anotherPhoto, groupPhoto } from './fixtures/facePictures.ts';
import { everybody, lookedThrough, named, person, report, turnedOn } from './fixtures/faces.ts';
import { facesFound } from './fixtures/libraries.ts';
import { serveOtherFaceNet } from './fixtures/otherFaceNet.ts';
import { blockFiles } from './fixtures/pictures.ts';

/** Three photos of the same people. */
async function threeTakes(): Promise<string[]> {
  return [groupPhoto(1), await anotherPhoto(1, 1), await anotherPhoto(1, 2)];
}

test('people are grouped, named and recognized in new photos, and keep their identity', async ({
  akin,
  page,
}) => {
  const requests: string[] = [];
  page.context().on('request', (request) => requests.push(request.url()));
  await akin.open();
  await akin.bringIn([groupPhoto(1), groupPhoto(2)]);
  // Off by default: no faces, and no face models were fetched.
  expect(await report(page)).toMatchObject({ on: false, faces: 0, photos: 2 });
  expect(requests.filter((url) => /blazeface|facemesh|face_recognition/.test(url))).toEqual([]);
  await page.evaluate(() => window.akin!.faces.turnOn());
  await lookedThrough(page);
  const first = await report(page);
  expect(first).toMatchObject({ on: true, photos: 2, scanned: 2 });
  expect(first.faces).toBeGreaterThanOrEqual(5);

  // From now on, imports include the face scan.
  await akin.bringIn([await anotherPhoto(1, 1), await anotherPhoto(1, 2), groupPhoto(3)]);
  await lookedThrough(page);
  const { groups } = await everybody(page);
  expect(groups.length).toBeGreaterThanOrEqual(2);
  const [largest] = groups;
  expect(largest!.photos).toBeGreaterThanOrEqual(3);
  // Two faces in one photo are never the same person.
  for (const group of groups) expect(group.photos).toBe(group.faces);

  await page.evaluate(
    (key) => window.akin!.faces.apply({ kind: 'name', person: key, name: 'Ana' }),
    largest!.key,
  );
  await akin.bringIn([await anotherPhoto(1, 3)]);
  await lookedThrough(page);
  const ana = await named(page, 'Ana');
  const newest = Math.max(...(await akin.list()).map(({ id }) => id));
  const page1 = await person(page, ana.key);
  const inNewest = page1.faces.find(({ photoId }) => photoId === newest);
  expect(inNewest).toBeDefined();
  const who = await page.evaluate((face) => window.akin!.faces.identify(face), page1.faces[1]!.id);
  expect(who.verdict).toBe('almost-surely');
  expect(who.ranked[0]!.person.name).toBe('Ana');
  expect(who.photos.length).toBeGreaterThanOrEqual(3);

  // With a people filter, a similarity search covers only their photos.
  const like = await page.evaluate(
    ([id, key]) => window.akin!.search(id, { people: { all: [key] } }),
    [newest, ana.key] as const,
  );
  const hers = new Set(page1.faces.map(({ photoId }) => photoId));
  expect(like.hits.map(({ id }) => id).sort()).toEqual(
    [...hers].filter((id) => id !== newest).sort(),
  );
  const without = await page.evaluate((key) => window.akin!.faces.search({ none: [key] }), ana.key);
  expect(without.some((id) => hers.has(id))).toBe(false);

  // A rejected face stays out after any reclustering.
  const rejected = await page.evaluate(
    ([key, face]) => window.akin!.faces.apply({ kind: 'reject', person: key, faces: [face] }),
    [ana.key, inNewest!.id] as const,
  );
  const isAna = async () =>
    (await person(page, (await named(page, 'Ana')).key)).faces.some(
      ({ id }) => id === inNewest!.id,
    );
  expect(await isAna()).toBe(false);
  await page.reload();
  await akin.ready();
  expect(await isAna()).toBe(false);
  expect((await person(page, (await named(page, 'Ana')).key)).suggestions).not.toContainEqual(
    expect.objectContaining({ face: expect.objectContaining({ id: inNewest!.id }) }),
  );
  await page.evaluate((step) => window.akin!.faces.undo(step), rejected.entry);
  await expect.poll(isAna).toBe(true);

  // Undoing a wrong merge loses nothing, even after later changes.
  const before = await person(page, (await named(page, 'Ana')).key);
  const other = (await everybody(page)).groups[0]!;
  const merged = await page.evaluate(
    ([into, from]) => window.akin!.faces.apply({ kind: 'merge', into, from }),
    [before.person.key, other.key] as const,
  );
  await page.evaluate(
    (key) => window.akin!.faces.apply({ kind: 'name', person: key, name: 'Ana Maria' }),
    before.person.key,
  );
  expect((await named(page, 'Ana Maria')).faces).toBeGreaterThan(before.faces.length);
  await page.evaluate((step) => window.akin!.faces.undo(step), merged.entry);
  const after = await person(page, (await named(page, 'Ana Maria')).key);
  expect(after.faces.map(({ id }) => id)).toEqual(before.faces.map(({ id }) => id));
  const log = await page.evaluate(() => window.akin!.faces.log());
  expect(log.map(({ reverted }) => reverted)).toEqual([false, true, true, false]);
});

test.describe('another face model', () => {
  test.use({ serviceWorkers: 'block' });

  test('rescans all photos and keeps the names', async ({ akin, context, page }) => {
    await turnedOn(akin, await threeTakes());
    const [group] = (await everybody(page)).groups;
    await page.evaluate(
      (key) => window.akin!.faces.apply({ kind: 'name', person: key, name: 'Eva' }),
      group!.key,
    );
    const before = await person(page, (await named(page, 'Eva')).key);
    const spaces = async () =>
      [...JSON.stringify((await dump(page)).faces).matchAll(/dlib-face\/\w+/g)].map(([id]) => id);
    const [old] = await spaces();

    await serveOtherFaceNet(context);
    await page.reload();
    await akin.ready();
    await expect.poll(async () => (await spaces()).includes(old!)).toBe(false);
    await lookedThrough(page);
    expect(new Set(await spaces()).size).toBe(1);
    const after = await person(page, (await named(page, 'Eva')).key);
    expect(after.faces.map(({ photoId }) => photoId)).toEqual(
      before.faces.map(({ photoId }) => photoId),
    );
    const who = await page.evaluate(
      (face) => window.akin!.faces.identify(face),
      after.faces[0]!.id,
    );
    expect(who.ranked[0]!.person.name).toBe('Eva');
    expect(who.photos.length).toBeGreaterThanOrEqual(2);
  });
});

test.describe(() => {
  test.use({ profile: facesFound });

  test('identifying faces in a picture leaves no trace, and erased face data is gone', async ({
    akin,
    page,
  }) => {
    await akin.open();
    await akin.bringIn(await blockFiles(2));
    await lookedThrough(page);
    const [group] = (await everybody(page)).groups;
    await page.evaluate(
      (key) => window.akin!.faces.apply({ kind: 'name', person: key, name: 'Ana' }),
      group!.key,
    );
    const before = await dumpAtRest(page);
    expect(before.faces!.length).toBeGreaterThan(5);
    const asked = await page.evaluate(
      async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        return window.akin!.faces.identifyIn(new Blob([bytes], { type: 'image/jpeg' }));
      },
      readFileSync(await anotherPhoto(1, 4)).toString('base64'),
    );
    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect(asked.filter(({ answer }) => answer.verdict === 'almost-surely')).toHaveLength(1);
    expect(asked.every(({ chip }) => chip.startsWith('data:image/webp;base64,'))).toBe(true);
    expect(await dumpAtRest(page)).toEqual(before);

    // A photo in Trash takes its faces with it; restoring it brings them back.
    const photo = (await person(page, (await named(page, 'Ana')).key)).faces[0]!.photoId;
    const { faces } = await named(page, 'Ana');
    await page.evaluate((id) => window.akin!.remove([id]), photo);
    await expect.poll(async () => (await named(page, 'Ana')).faces).toBe(faces - 1);
    await page.evaluate((id) => window.akin!.restore([id]), photo);
    await expect.poll(async () => (await named(page, 'Ana')).faces).toBe(faces);

    await page.evaluate(() => window.akin!.faces.erase());
    // Even the cache of the face models is gone.
    expect(await page.evaluate(() => caches.keys())).not.toContain('akin-face-nets');
    const left = await dump(page);
    for (const store of ['faces', 'chips', 'faceScans', 'peopleLog'])
      expect(left[store]).toEqual([]);
    const text = JSON.stringify(left);
    expect(text).not.toContain('dlib-face');
    expect(text).not.toContain('Ana');
    for (const row of before.faces!) expect(text).not.toContain(row.split(' ')[0]);
    expect(left.photos).toHaveLength(5);
    expect(await report(page)).toMatchObject({ on: false, faces: 0, people: 0 });
    await page.reload();
    await akin.ready();
    expect(await report(page)).toMatchObject({ on: false, faces: 0 });
  });
});
