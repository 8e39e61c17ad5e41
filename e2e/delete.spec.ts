import { expect, test } from './fixtures/akin.ts';
import { sixBlocks } from './fixtures/libraries.ts';
import { blockFiles } from './fixtures/pictures.ts';

test.use({ profile: sixBlocks });

test('one click undoes a delete, and deleted photos stay in Trash', async ({ akin, page }) => {
  await akin.open();
  await akin.tiles().nth(1).click();
  const deleted = page.url();
  await page.getByRole('button', { name: 'Move to Trash' }).first().click();
  await expect.poll(async () => (await akin.stats()).photos).toBe(5);
  await expect(page).not.toHaveURL(deleted);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(async () => (await akin.stats()).photos).toBe(6);
  // The viewer, which went on to another photo, returns to the restored one.
  await expect(page).toHaveURL(deleted);

  const [id, other] = (await akin.list()).map((photo) => photo.id);
  await page.evaluate((gone) => window.akin!.remove([gone!]), id);
  await page.reload();
  await akin.ready();
  await akin.expectPhotos(5);
  const hits = await page.evaluate(
    async (asked) => (await window.akin!.search(asked!, { k: 10 })).hits.map((hit) => hit.id),
    other,
  );
  expect(hits).not.toContain(id);
  await page.goto('/?view=trash');
  await akin.ready();
  await expect(page.getByRole('img').first()).toBeVisible();
  await page.evaluate((back) => window.akin!.restore([back!]), id);
  await akin.expectPhotos(6);
});

test('importing a photo that is in Trash restores it', async ({ akin, page }) => {
  await akin.open();
  const [id] = (await akin.list()).map((photo) => photo.id);
  await page.evaluate((gone) => window.akin!.remove([gone!]), id);
  await akin.expectPhotos(5);
  await akin.bringIn(await blockFiles(6));
  await akin.expectPhotos(6);
  expect((await akin.list()).map((photo) => photo.id)).toContain(id);
});

test('permanently deleted photos are gone, and deleting everything leaves an empty library', async ({
  akin,
  page,
}) => {
  await akin.open();
  const ids = (await akin.list()).map((photo) => photo.id);
  await page.evaluate((gone) => window.akin!.remove([gone!]), ids[0]);
  expect(await page.evaluate(() => window.akin!.purge())).toBe(1);
  expect((await akin.stats()).vectors).toBe(5);
  await page.evaluate(() => window.akin!.clear());
  await akin.expectPhotos(0);
  await page.reload();
  await akin.ready();
  await akin.expectPhotos(0);
  await expect(page.getByRole('button', { name: 'Choose photos' })).toBeVisible();
  // The same photos can be imported again.
  await akin.bringIn(await blockFiles(6));
  await akin.expectPhotos(6);
});
