import { AkinPage, expect, test } from './fixtures/akin.ts';
import { blockFiles } from './fixtures/pictures.ts';

test('every tab notices cleared storage, both during an import and when idle', async ({
  akin,
  page,
  context,
}) => {
  await akin.open();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // Reload, so the service worker controls the page from the start, as on every later visit.
  await page.reload();
  await akin.ready();
  const other = new AkinPage(await context.newPage());
  await other.open();
  const both = [akin, other];
  const devtools = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  const clear = () => devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  const length = (each: AkinPage) => each.page.evaluate(() => window.akin!.gallery.get().length);
  const banner = (each: AkinPage) => each.page.getByRole('alert').filter({ hasText: 'deleted' });

  await akin.choose(await blockFiles(16, 800));
  await expect.poll(() => length(other)).toBeGreaterThan(0);
  const [before] = await other.page.evaluate(() => [...window.akin!.gallery.get().ids]);
  await clear();
  // Everything is imported again, as the tab still has the files.
  await expect(banner(akin)).toContainText('Akin is importing 16 files again.');
  await expect(banner(other)).toBeVisible();
  for (const each of both) await expect.poll(() => length(each)).toBe(16);
  await akin.ready();
  await expect(akin.importBar()).toContainText('16 imported');
  expect(await akin.failures()).toEqual([]);
  const ids = (await akin.list()).map((photo) => photo.id);
  expect(Math.min(...ids)).toBeGreaterThan(before! + 1_000);
  // Every photo is complete and searchable in both tabs.
  for (const each of both) {
    const hits = await each.page.evaluate(
      async (id) => (await window.akin!.search(id!, { k: 50 })).hits.map((hit) => hit.id),
      ids[0],
    );
    expect(hits.sort((a, b) => a - b)).toEqual(ids.slice(1));
  }

  // Now with no import running, and a photo open in one tab.
  await akin.tiles().first().click();
  await akin.includeLessSimilar();
  await clear();
  for (const each of both) {
    await expect.poll(() => length(each)).toBe(0);
    await expect(banner(each)).not.toContainText('again');
    await each.ready();
    expect((await each.stats()).photos).toBe(0);
  }
  await expect(akin.results()).toHaveCount(0);
  await expect(page).toHaveURL(`${origin}/`);
  await banner(akin).getByRole('button', { name: 'Dismiss' }).click();
  await expect(banner(akin)).toHaveCount(0);

  await akin.bringIn(await blockFiles(2, 840));
  await expect.poll(() => length(other)).toBe(2);
  const [first] = (await other.list()).map((photo) => photo.id);
  expect(first).toBeGreaterThan(Math.max(...ids));

  // A reloaded tab reinstalls the service worker, which must not count as a new version.
  await other.page.reload();
  await other.ready();
  for (const each of both) {
    await each.page.waitForFunction(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      return registration?.active?.state === 'activated' && navigator.serviceWorker.controller;
    });
  }
  await page.waitForTimeout(500);
  for (const each of both) {
    await expect(each.page.getByText('A new version of Akin is ready')).toHaveCount(0);
  }
});

test('queued files from an earlier visit are listed by name when the library is deleted', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ serviceWorkers: 'block', baseURL: baseURL! });
  // Without models, all files stay queued.
  await context.route('**/models/**', (route) => route.abort());
  const akin = new AkinPage(await context.newPage());
  const stopped = () =>
    akin.page.waitForFunction(() => window.akin!.progress.get().state === 'stopped');
  await akin.page.goto('/');
  await akin.opened();
  await akin.choose(await blockFiles(3, 860));
  await stopped();
  await akin.page.reload();
  await akin.opened();
  await stopped();
  await akin.page.evaluate(() => indexedDB.deleteDatabase('akin'));
  await expect(akin.page.getByRole('alert').filter({ hasText: '3 waiting files' })).toBeVisible();
  await expect.poll(async () => (await akin.failures()).length).toBe(3);
  expect((await akin.failures()).map(({ name, code }) => [name, code]).sort()).toEqual(
    [860, 861, 862].map((seed) => [`blocks-${seed}.png`, 'storage-lost']),
  );
  await expect(akin.importBar()).toHaveCount(0);
  await context.close();
});
