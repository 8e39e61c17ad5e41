import { AkinPage, expect, test } from './fixtures/akin.ts';
import { Host } from './fixtures/host.ts';
import { blockFiles } from './fixtures/pictures.ts';

const OFFER = 'A new version of Akin is ready';

/** Opens Akin with three photos, controlled by its service worker, and marks the loaded page. */
async function visit(akin: AkinPage, url: string): Promise<void> {
  await akin.open(url);
  await akin.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  if ((await akin.stats()).photos === 0) await akin.bringIn(await blockFiles(3, 800));
  await mark(akin);
}

const mark = ({ page }: AkinPage) =>
  page.evaluate(() => Object.assign(window, { markOfThisPage: true }));
const isMarked = ({ page }: AkinPage) => page.evaluate(() => 'markOfThisPage' in window);
const version = ({ page }: AkinPage) => page.locator('html').getAttribute('data-version');

/** Triggers the browser's regular check for a new version. */
async function look({ page }: AkinPage): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration!.update();
  });
  await page.waitForFunction(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return registration?.waiting?.state === 'installed';
  });
}

let host: Host;
let url: string;

test.beforeEach(async () => {
  host = new Host();
  url = await host.start();
});
test.afterEach(() => host.stop());

test('a new version is offered, and installed when the user agrees', async ({ akin, page }) => {
  await visit(akin, url);
  const photos = await akin.list();
  expect(photos).toHaveLength(3);
  expect(await version(akin)).toBeNull();
  const offer = page.getByText(OFFER);
  await expect(offer).toHaveCount(0);

  host.release('two');
  await look(akin);
  await expect(offer).toBeVisible();
  // Offered, not forced: the page stays loaded and keeps working.
  await akin.bringIn(await blockFiles(1, 810));
  await akin.tiles().first().click();
  await akin.includeLessSimilar();
  await expect(akin.results()).toHaveCount(3);
  expect(await isMarked(akin)).toBe(true);
  expect(await version(akin)).toBeNull();
  await expect(offer).toBeVisible();
  const address = page.url();

  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-version', 'two');
  await akin.ready();
  expect(await isMarked(akin)).toBe(false);
  expect(page.url()).toBe(address);
  await akin.includeLessSimilar();
  await expect(akin.results()).toHaveCount(3);
  await expect(offer).toHaveCount(0);
  expect((await akin.list()).slice(0, 3)).toEqual(photos);
  await akin.expectPhotos(4);

  // The new service worker serves the page from its cache.
  host.stop();
  await page.goto(url);
  await akin.ready();
  expect(await version(akin)).toBe('two');
  await akin.expectPhotos(4);
});

test('a dismissed update is offered again on the next visit', async ({ akin, page }) => {
  await visit(akin, url);
  host.release('two');
  await look(akin);
  const offer = page.getByText(OFFER);
  await expect(offer).toBeVisible();
  const message = page.getByRole('dialog', { name: OFFER });
  await message.getByRole('button', { name: 'Dismiss' }).click();
  await expect(offer).toHaveCount(0);

  // A manual reload doesn't accept the update: the current version stays.
  await page.reload();
  await akin.ready();
  expect(await version(akin)).toBeNull();
  await expect(offer).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-version', 'two');
  await akin.ready();
  await akin.expectPhotos(3);
});

test('updating in one tab leaves other tabs alone, and they keep working', async ({
  akin,
  context,
}) => {
  await visit(akin, url);
  const other = new AkinPage(await context.newPage());
  await visit(other, url);
  host.release('two');
  await look(akin);
  await akin.page.getByRole('button', { name: 'Reload' }).click();
  await expect(akin.page.locator('html')).toHaveAttribute('data-version', 'two');
  await akin.ready();

  expect(await isMarked(other)).toBe(true);
  expect(await version(other)).toBeNull();
  // Parts that it hasn't loaded yet still work: the photo view, a panel, the models.
  await other.tiles().first().click();
  await other.includeLessSimilar();
  await expect(other.results()).toHaveCount(2);
  await other.page.keyboard.press('?');
  await expect(other.page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await other.page.keyboard.press('Escape');
  await other.bringIn(await blockFiles(1, 820));
  await other.expectPhotos(4);
  await expect.poll(async () => (await akin.stats()).photos).toBe(4);
});
