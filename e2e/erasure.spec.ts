import { expect, test } from './fixtures/akin.ts';
import { groupPhoto } from './fixtures/facePictures.ts';
import { everybody, turnedOn } from './fixtures/faces.ts';
import { blockFiles } from './fixtures/pictures.ts';
import { findTraces, keptCounts, type Needles, needlesOf } from './fixtures/traces.ts';

const NETS = 'akin-face-nets';
const NAME = 'Ximena Quetzalcoatl';
const nameNeedle: Needles = { [NAME]: Buffer.from(NAME).toString('hex') };

test('permanently deleted data is in no store, file or cache, and "Delete everything" leaves nothing', async ({
  akin,
  page,
}) => {
  await akin.open();
  // The service worker must be ready: it caches the face models.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await turnedOn(akin, [groupPhoto(1), ...(await blockFiles(3))]);
  const photos = await akin.list();
  const faced = photos.filter(({ name }) => !name.startsWith('blocks')).map(({ id }) => id);
  const others = photos.filter(({ name }) => name.startsWith('blocks')).map(({ id }) => id);
  expect([faced.length, others.length]).toEqual([1, 3]);
  const somebody = await page.evaluate(async (photo) => {
    const faces = await window.akin!.faces.ofPhoto(photo!);
    return faces[0]!.id;
  }, faced[0]);
  await page.evaluate(
    ([face, name]) => window.akin!.faces.apply({ kind: 'name-face', face, name }),
    [somebody, NAME] as const,
  );
  // An index with compact codes and a separate file of full-precision vectors.
  await page.evaluate(() => window.akin!.chooseIndex({ kind: 'flat', store: 'sq8' }));
  await expect.poll(async () => (await keptCounts(page)).files).toBe(1);

  const gone = { ...(await needlesOf(page, [...faced, others[0]!])), ...nameNeedle };
  const kept = await needlesOf(page, others.slice(1));
  expect(
    Object.keys(gone).filter((name) => name.startsWith('vector of face')).length,
  ).toBeGreaterThan(0);
  const before = await findTraces(page, gone);
  for (const name of Object.keys(gone)) expect(before.join('\n')).toContain(`${name} in `);
  expect(before.some((trace) => trace.includes('in files/'))).toBe(true);

  await page.evaluate((ids) => window.akin!.remove(ids), [...faced, others[0]!]);
  expect(await page.evaluate(() => window.akin!.purge())).toBe(2);
  await expect.poll(() => findTraces(page, gone)).toEqual([]);
  // Tombstones are removed last, once every index has been rewritten.
  await expect
    .poll(async () => (await keptCounts(page)).rows)
    .toMatchObject({ peopleLog: 0, faces: 0, tombstones: 0 });
  const still = await findTraces(page, kept);
  for (const name of Object.keys(kept)) expect(still.join('\n')).toContain(`${name} in `);
  expect((await everybody(page)).people).toEqual([]);

  // Purge the rest and reload right away: the next visit resumes the erasure.
  await page.evaluate((ids) => window.akin!.remove(ids), others.slice(1));
  await page.evaluate(() => window.akin!.purge());
  await page.reload();
  await akin.ready();
  await expect.poll(() => findTraces(page, kept)).toEqual([]);
  await expect
    .poll(async () => (await keptCounts(page)).rows)
    .toMatchObject({ segments: 0, vectors: 0, tombstones: 0 });
  expect((await keptCounts(page)).caches).toContain(NETS);

  // Without photos, there is still data to delete.
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Storage' }).click();
  await settings.getByRole('button', { name: 'Delete everything…' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('checkbox').click();
  await question.getByRole('button', { name: 'Delete everything', exact: true }).click();
  await expect(question).toHaveCount(0);
  await expect.poll(async () => (await akin.stats()).empty).toBe(true);
  const { caches, files, rows } = await keptCounts(page);
  expect(caches).not.toContain(NETS);
  expect(files).toBe(0);
  const { meta: _marks, ...stores } = rows;
  expect(Object.values(stores).every((count) => count === 0)).toBe(true);
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByRole('tab', { name: 'Storage' }).click();
  await expect(settings.getByRole('button', { name: 'Delete everything…' })).toBeDisabled();
});
