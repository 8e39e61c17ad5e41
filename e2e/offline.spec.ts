import { freePort } from '../scripts/freePort.ts';
import { openApp, startSession } from '../scripts/session.ts';
import { AkinPage, expect, test } from './fixtures/akin.ts';
import { groupPhoto } from './fixtures/facePictures.ts';
import { sampleFiles } from './fixtures/pictures.ts';

test('Akin reloads, imports, searches and scans for faces without its server', async () => {
  const paths = await sampleFiles(10);
  const session = await startSession({ port: await freePort(), switches: ['--disable-gpu'] });
  try {
    const { page } = session;
    await openApp(session);
    // Once the service worker controls the page, everything is cached.
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined);
    const akin = new AkinPage(page);
    await akin.bringIn(paths.slice(0, 4));
    // Face models are cached on first use.
    await page.evaluate(() => window.akin!.faces.turnOn());
    await expect
      .poll(() => page.evaluate(async () => (await window.akin!.faces.report()).scanned))
      .toBe(4);
    session.stopServer();
    await expect(fetch(session.url)).rejects.toThrow();

    await page.reload();
    await akin.ready();
    await akin.expectPhotos(4);
    await expect(akin.tiles()).toHaveCount(4);
    await akin.bringIn([...paths.slice(4), groupPhoto(1)]);
    await akin.expectPhotos(11);
    await expect
      .poll(() => page.evaluate(async () => (await window.akin!.faces.report()).faces))
      .toBeGreaterThanOrEqual(2);
    await akin.tiles().first().click();
    await akin.includeLessSimilar();
    await expect(akin.results()).toHaveCount(10);
  } finally {
    await session.close();
  }
});

test('the manifest has icons for every purpose, so Akin can be installed', async ({
  page,
  request,
}) => {
  await page.goto('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = (await (await request.get(href!)).json()) as {
    name: string;
    display: string;
    start_url: string;
    icons: { src: string; sizes: string; purpose?: string }[];
  };
  expect(manifest).toMatchObject({ name: 'Akin', display: 'standalone' });
  for (const size of ['192x192', '512x512']) {
    for (const purpose of [undefined, 'maskable']) {
      const icon = manifest.icons.find((each) => each.sizes === size && each.purpose === purpose);
      const answer = await request.get(`/${icon?.src}`);
      expect(answer.headers()['content-type']).toBe('image/png');
    }
  }
});
