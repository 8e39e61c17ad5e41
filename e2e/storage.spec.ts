import { expect, test } from './fixtures/akin.ts';
import { blockFiles } from './fixtures/pictures.ts';

test('a model file with a wrong hash is refused in clear words, and no photo is lost', async ({
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

  // Mended, the same photo goes on by one click.
  await context.unroute('**/models/**/weights.bin');
  await page.getByTestId('import-bar').getByRole('button', { name: 'Try again' }).click();
  await page.waitForFunction(() => window.akin!.gallery.get().length === 1);
  await context.close();
});

test('a saved index with a changed byte is rebuilt, and says so', async ({ akin, page }) => {
  await akin.open();
  await akin.bringIn(await blockFiles(5, 300));
  const before = await page.evaluate(() => window.akin!.exportVectors());
  // It is sealed when the import has come to rest.
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
  await expect.poll(changeByte, { timeout: 30_000 }).toBe(true);

  await page.reload();
  await akin.ready();
  await expect(page.getByText(/index was damaged and has been rebuilt/i)).toBeVisible();
  const after = await page.evaluate(() => window.akin!.exportVectors());
  expect([...after.ids]).toEqual([...before.ids]);
  expect([...after.vectors]).toEqual([...before.vectors]);
});

test('a full disk stops the import with a clear message, and it goes on when there is room', async ({
  akin,
  page,
  context,
  baseURL,
}) => {
  await akin.open();
  await akin.bringIn(await blockFiles(2, 400));
  const devtools = await context.newCDPSession(page);
  const { usage } = await devtools.send('Storage.getUsageAndQuota', { origin: baseURL! });
  await devtools.send('Storage.overrideQuotaForOrigin', {
    origin: baseURL!,
    quotaSize: Math.ceil(usage) + 20_000,
  });
  const refused = await page.evaluate(async () => {
    // Noise, which no compression makes smaller: a few megabytes.
    const canvas = new OffscreenCanvas(1200, 1200);
    const context2d = canvas.getContext('2d')!;
    const image = context2d.createImageData(1200, 1200);
    for (let i = 0; i < image.data.length; i += 65_536) {
      crypto.getRandomValues(image.data.subarray(i, i + 65_536));
    }
    for (let i = 3; i < image.data.length; i += 4) image.data[i] = 255;
    context2d.putImageData(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return window.akin!.importFiles([new File([blob], 'large.png')]).then(
      () => 'imported',
      (error: { code: string }) => error.code,
    );
  });
  expect(refused).toBe('quota-exceeded');
  expect(await page.evaluate(() => window.akin!.progress.get())).toMatchObject({
    state: 'stopped',
    code: 'quota-exceeded',
  });
  await expect(akin.importBar().getByRole('alert')).toBeVisible();
  await akin.expectPhotos(2);

  await devtools.send('Storage.overrideQuotaForOrigin', { origin: baseURL! });
  await akin.importBar().getByRole('button', { name: 'Try again' }).click();
  await akin.bringIn(await blockFiles(1, 420));
  await akin.expectPhotos(3);
});
