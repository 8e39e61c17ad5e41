import { expect, test } from './fixtures/akin.ts';
import { sixBlocks } from './fixtures/libraries.ts';
import { blockFiles, noiseFiles } from './fixtures/pictures.ts';

test('a model file with a wrong hash is rejected with a clear message, and no photo is lost', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ serviceWorkers: 'block', baseURL: baseURL! });
  await context.route('**/models/**/weights.bin', async (route) => {
    const answer = await route.fetch();
    const bytes = await answer.body();
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    await route.fulfill({ response: answer, body: bytes });
  });
  const page = await context.newPage();
  await page.goto('/');
  const [path] = await blockFiles(1, 200);
  await page.getByTestId('file-input').setInputFiles([path!]);
  await page.waitForFunction(() => window.akin?.progress.get().state === 'stopped');
  const stopped = await page.evaluate(() => window.akin!.progress.get());
  expect(stopped).toMatchObject({ state: 'stopped', code: 'model-corrupt', total: 1, done: 0 });
  await expect(page.getByTestId('import-bar').getByRole('alert')).toBeVisible();

  // Repeated failures are not blamed on the photo.
  const tryAgain = page.getByTestId('import-bar').getByRole('button', { name: 'Try again' });
  for (let tries = 0; tries < 4; tries++) {
    await tryAgain.click();
    await page.waitForFunction(() => window.akin!.progress.get().state === 'running');
    await page.waitForFunction(() => window.akin!.progress.get().state === 'stopped');
  }
  expect(await page.evaluate(() => window.akin!.failures.get())).toEqual([]);

  // With the model fixed, one click imports the same photo.
  await context.unroute('**/models/**/weights.bin');
  await tryAgain.click();
  await page.waitForFunction(() => window.akin!.gallery.get().length === 1);
  await context.close();
});

test.describe(() => {
  test.use({ profile: sixBlocks });

  test('a saved index with a changed byte is rebuilt, with a message', async ({ akin, page }) => {
    await akin.open();
    const before = await page.evaluate(() => window.akin!.exportVectors());
    const changeByte = () =>
      page.evaluate(async () => {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const opening = indexedDB.open('akin');
          opening.onsuccess = () => resolve(opening.result);
          opening.onerror = () => reject(opening.error);
        });
        const done = <T>(request: IDBRequest<T>) =>
          new Promise<T>((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
        const segments = database.transaction('segments', 'readwrite').objectStore('segments');
        const [key] = await done(segments.getAllKeys());
        let changed = false;
        if (key !== undefined) {
          const blob = (await done(segments.get(key))) as ArrayBuffer;
          const bytes = new Uint8Array(blob);
          bytes[bytes.length - 100]! ^= 4;
          await done(segments.put(blob, key));
          changed = true;
        }
        database.close();
        return changed;
      });
    expect(await changeByte()).toBe(true);

    await page.reload();
    await akin.ready();
    await expect(page.getByText(/index was damaged, so Akin rebuilt it/)).toBeVisible();
    const after = await page.evaluate(() => window.akin!.exportVectors());
    expect([...after.ids]).toEqual([...before.ids]);
    expect([...after.vectors]).toEqual([...before.vectors]);
  });
});

test('a full disk stops the import with a clear message, and the import resumes when there is space', async ({
  akin,
  page,
  context,
  baseURL,
}) => {
  const devtools = await context.newCDPSession(page);
  const origin = new URL(baseURL!).origin;
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin });
  expect(usage).toBeGreaterThan(0);
  // Room for three or four of the six files. The browser caches its storage estimate for half a
  // minute after a write, so set the quota before the first write.
  const quotaSize = Math.ceil(usage) + 18 * 2 ** 20;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  await akin.open();

  await akin.choose(await noiseFiles(6));
  await page.waitForFunction(() => window.akin!.progress.get().state === 'stopped');
  expect(await page.evaluate(() => window.akin!.progress.get())).toMatchObject({
    code: 'quota-exceeded',
  });
  await expect(akin.importBar().getByRole('alert')).toBeVisible();
  expect((await akin.stats()).photos).toBeLessThan(6);

  // With enough room, one click imports all files, without dropping them again.
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await akin.importBar().getByRole('button', { name: 'Try again' }).click();
  await page.waitForFunction(() => window.akin!.gallery.get().length === 6);
  await akin.ready();
  await akin.expectPhotos(6);
  await akin.tiles().first().click();
  await akin.includeLessSimilar();
});
