import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { contentSecurityPolicy, securityHeaders } from '../src/pwa/securityHeaders.ts';
import { expect, test } from './fixtures/akin.ts';
import { groupPhoto } from './fixtures/facePictures.ts';
import { Host } from './fixtures/host.ts';
import { blocks, scratch } from './fixtures/pictures.ts';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">
  <script>document.documentElement.setAttribute('data-ran', origin)</script><rect width="90" height="90"/>
</svg>`;

/** Records the URL and type of every blob that gets an object URL. */
const recordBlobs = (page: Page) =>
  page.addInitScript(() => {
    const made: { url: string; type: string }[] = [];
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      const url = create(blob);
      made.push({ url, type: blob.type });
      return url;
    };
    Object.assign(window, { made });
  });
const blobs = (page: Page) =>
  page.evaluate(() => (window as unknown as { made: { url: string; type: string }[] }).made);

test('untrusted files never run code: not when identifying faces, in the library, or when saved', async ({
  akin,
  page,
  context,
}) => {
  await recordBlobs(page);
  const folder = scratch();
  const drawing = join(folder, 'portrait.svg');
  const claimed = join(folder, 'portrait.jpg');
  const photo = join(folder, 'photo.html');
  for (const path of [drawing, claimed]) writeFileSync(path, SVG);
  writeFileSync(photo, await blocks(1, 320, 240));
  await akin.open();
  await akin.bringIn([photo]);

  // A photo with an HTML extension is saved under its actual type.
  await akin.tiles().first().click();
  const shown = page.locator('.photo-stage img[src^="blob:"]');
  await expect(shown).toHaveCount(1);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download original' }).click();
  expect((await saving).suggestedFilename()).toBe('photo.html.png');
  expect(new Set((await blobs(page)).map(({ type }) => type))).toEqual(new Set(['image/png']));
  // The file name is on the page, but not in the browser history.
  await expect(page).toHaveTitle('Photo · Akin');

  await page.evaluate(() => window.akin!.faces.turnOn());
  await page.goto('/?view=people');
  await akin.ready();
  const dialog = page.getByRole('dialog', { name: 'Identify faces' });
  await page.getByRole('button', { name: 'Identify faces…' }).click();
  for (const path of [drawing, claimed]) {
    await page.getByTestId('ask-input').setInputFiles(path);
    await expect(dialog.getByRole('alert')).toContainText('SVG');
    await expect(dialog.getByAltText('Chosen photo')).toHaveCount(0);
  }
  expect(await blobs(page)).toEqual([]);
  // An actual picture is shown, with its actual type.
  const picture = join(folder, 'picture.svg');
  writeFileSync(picture, await blocks(2, 320, 240));
  await page.getByTestId('ask-input').setInputFiles(picture);
  await expect(dialog.getByAltText('Chosen photo')).toBeVisible();
  const [made] = await blobs(page);
  expect(made?.type).toBe('image/png');
  const tab = await context.newPage();
  await tab.goto(made!.url);
  expect(await tab.evaluate(() => document.contentType)).toBe('image/png');
  await tab.close();

  // Store an SVG, as an earlier version or another program might have.
  const id = await akin.idNamed('photo.html');
  await page.evaluate(
    async ([key, text]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('akin');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      const tx = database.transaction('originals', 'readwrite');
      tx.objectStore('originals').put(new Blob([text], { type: 'image/svg+xml' }), key);
      await new Promise((resolve) => {
        tx.oncomplete = resolve;
      });
      database.close();
    },
    [id, SVG] as const,
  );
  await page.goto(`/?photo=${id}`);
  await expect(page.getByText('photo.html', { exact: true })).toBeVisible();
  const savingDrawing = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download original' }).click();
  expect((await savingDrawing).suggestedFilename()).toBe('photo.html.bin');
  expect((await blobs(page)).map(({ type }) => type)).toEqual(['application/octet-stream']);
});

test('Akin stays secure on a host without headers, behind a login page and with a hostile link', async ({
  akin,
  page,
  context,
  problems,
}) => {
  const host = new Host({ headers: {}, fallback: true });
  const url = await host.start();
  let reached = 0;
  const elsewhere = createServer((_request, response) => {
    reached++;
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/html' });
    response.end(`<!doctype html><iframe src="${url}"></iframe>`);
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, 'localhost', resolve));
  const other = `http://localhost:${(elsewhere.address() as AddressInfo).port}/`;
  try {
    // The first visit gets the host's response, without headers.
    const first = await page.goto(url);
    expect(first?.headers()['content-security-policy']).toBeUndefined();
    await akin.ready();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.evaluate(() => window.akin!.faces.turnOn());
    await akin.bringIn([groupPhoto(1)]);
    const face = () =>
      page.evaluate(async () => {
        const [photo] = window.akin!.gallery.get().ids;
        return photo === undefined ? undefined : (await window.akin!.faces.ofPhoto(photo))[0]?.id;
      });
    await expect.poll(face).toBeDefined();
    const ana = await page.evaluate(
      async (id) =>
        (await window.akin!.faces.apply({ kind: 'name-face', face: id, name: 'Ana' })).person,
      (await face())!,
    );

    host.login = true;
    const answer = await page.goto(`${url}/evil.host/`);
    await akin.ready();
    for (const [name, value] of Object.entries(securityHeaders(contentSecurityPolicy))) {
      expect(answer?.headers()[name.toLowerCase()], name).toBe(value);
    }
    expect(await page.evaluate(() => window.crossOriginIsolated)).toBe(true);
    expect(page.url()).toBe(url);
    await akin.tiles().first().click();
    await expect(page).toHaveURL(new RegExp(`^${url}\\?photo=\\d+$`));
    await page.goBack();
    const links = () =>
      page.locator('a[href]').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
    expect((await links()).filter((href) => !href.startsWith(url))).toEqual([]);

    // The page and its workers can't send data elsewhere or run foreign code.
    const send = (to: string) =>
      fetch(to).then(
        () => 'sent',
        () => 'refused',
      );
    const workers = page.workers();
    expect(workers.length).toBeGreaterThan(0);
    expect(await page.evaluate(send, other)).toBe('refused');
    for (const worker of workers) expect(await worker.evaluate(send, other)).toBe('refused');
    expect(reached).toBe(0);
    const refused = await page.evaluate(() => {
      const attempts: Record<string, () => unknown> = {
        markup: () => {
          document.createElement('div').innerHTML = '<b>';
        },
        data: () => new Worker('data:text/javascript,1'),
        blob: () => new Worker(URL.createObjectURL(new Blob(['1']))),
        model: () => new Worker('/models/manifest.json'),
        policy: () =>
          (
            window as unknown as { trustedTypes: { createPolicy(name: string, of: object): void } }
          ).trustedTypes.createPolicy('mine', {}),
      };
      return Object.entries(attempts).flatMap(([name, attempt]) => {
        try {
          attempt();
          return [];
        } catch {
          return [name];
        }
      });
    });
    expect(refused).toEqual(['markup', 'data', 'blob', 'model', 'policy']);

    // The page can't be framed: if a cached response's policy allows it, the page itself refuses.
    const framing = await context.newPage();
    await framing.goto(other);
    await expect
      .poll(() =>
        framing
          .frames()
          .at(-1)
          ?.evaluate(() => 'akin' in window)
          .catch(() => false),
      )
      .toBe(false);
    await framing.close();

    // Cached models stay available, and the login page is never cached as a missing one.
    const nets = await page.evaluate(async () => {
      const cache = await caches.open('akin-face-nets');
      const [kept, lost] = ['/models/blazeface/model.json', '/models/facemesh/model.json'] as const;
      await cache.delete(lost);
      const ask = (path: string) =>
        fetch(path).then(
          async (answer) => (await answer.text())[0],
          () => 'refused',
        );
      return [await ask(kept), await ask(lost), (await cache.match(lost)) === undefined];
    });
    expect(nets).toEqual(['{', 'refused', true]);

    // Neither page title nor browser history reveals whose page was opened.
    await page.goto(`${url}?person=${ana}`);
    await expect(page.getByRole('heading', { name: 'Ana' })).toBeVisible();
    await expect(page).toHaveTitle('Person · Akin');
    expect(page.url()).toBe(`${url}?person=${ana}`);
    expect(ana).toMatch(/^[0-9a-f]{16}$/);
    const hash = createHash('sha256')
      .update(readFileSync(groupPhoto(1)))
      .digest('hex');
    await page.goto(`${url}?person=${hash}:000000100100`);
    await expect(page.getByText('This person is no longer in your library')).toBeVisible();
    expect(page.url()).toBe(`${url}?view=people`);
    const browser = await context.newCDPSession(page);
    const { entries } = await browser.send('Page.getNavigationHistory');
    expect(entries.length).toBeGreaterThan(3);
    const kept = entries.map(({ url: address, title }) => `${address} ${title}`).join('\n');
    expect(kept).not.toMatch(new RegExp(`${hash}|Ana|group|\\.jpg`));
    await page.evaluate(() => window.akin!.faces.erase());
    await page.goto(`${url}?person=${ana}`);
    await expect(page.getByText('This person is no longer in your library')).toBeVisible();
    problems.length = 0;
  } finally {
    host.stop();
    elsewhere.close();
    elsewhere.closeAllConnections();
  }
});
