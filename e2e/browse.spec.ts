import { expect, test } from './fixtures/akin.ts';
import { tenSamples } from './fixtures/libraries.ts';
import { sampleFiles } from './fixtures/pictures.ts';

test('photos can be imported, opened and followed from one to the next, and survive a reload', async ({
  akin,
  page,
}) => {
  const paths = await sampleFiles(24);
  await akin.open();
  await akin.bringIn(paths);
  await akin.expectPhotos(24);
  await expect(akin.tiles().first()).toBeVisible();

  await akin.tiles().nth(2).click();
  await expect(page).toHaveURL(/photo=\d+/);
  const first = page.url();
  await akin.includeLessSimilar();
  const chances = await page.evaluate(async () => {
    const id = Number(new URL(location.href).searchParams.get('photo'));
    return (await window.akin!.search(id, { k: 23 })).hits.map((hit) => hit.pValue);
  });
  expect(chances).toHaveLength(23);
  // Best first: of two results, the first never has odds of a worse power of ten.
  const decades = chances.map((chance) => Math.floor(-Math.log10(chance) + 1e-9));
  expect(decades.toSorted((a, b) => b - a)).toEqual(decades);
  expect(chances.every((chance) => chance > 0 && chance <= 1)).toBe(true);

  await akin.results().first().click();
  await expect(page).not.toHaveURL(first);
  await page.goBack();
  await expect(page).toHaveURL(first);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/photo=/);

  const before = await akin.list();
  await page.reload();
  await akin.ready();
  await expect(akin.tiles().first()).toBeVisible();
  expect(await akin.list()).toEqual(before);
  // Nothing is embedded again: the models weren't even loaded.
  expect((await akin.stats()).backend).toBeNull();

  // The same files are recognized as duplicates.
  await akin.bringIn(paths);
  await akin.expectPhotos(24);
  expect(await page.evaluate(() => window.akin!.progress.get())).toMatchObject({ duplicates: 24 });
});

test.describe(() => {
  test.use({ profile: tenSamples });

  test('browsing works with the keyboard alone', async ({ akin, page }) => {
    await akin.open();
    await akin.tiles().first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(akin.tiles().nth(1)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/photo=/);
    await akin.includeLessSimilar();
    await akin.results().first().focus();
    const url = page.url();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(page).not.toHaveURL(url);
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/photo=/);
    await expect(akin.tiles().nth(1)).toBeFocused();
  });

  test('Back closes a dialog and stays on the view', async ({ akin, page }) => {
    await akin.open();
    await page.getByRole('link', { name: 'People' }).click();
    await expect(page).toHaveURL(/view=people/);
    const settings = page.getByRole('dialog', { name: 'Settings' });
    const open = page.getByRole('button', { name: 'Settings' });
    await open.click();
    await expect(settings).toBeVisible();
    await page.goBack();
    await expect(settings).toHaveCount(0);
    await expect(page).toHaveURL(/view=people/);

    // A question in a dialog closes alone.
    await open.click();
    await settings.getByRole('tab', { name: 'Storage' }).click();
    await settings.getByRole('button', { name: 'Delete everything…' }).click();
    const question = page.getByRole('alertdialog');
    await expect(question).toBeVisible();
    await page.goBack();
    await expect(question).toHaveCount(0);
    await expect(settings).toBeVisible();

    // A dialog that was closed another way leaves no step behind.
    await page.keyboard.press('Escape');
    await expect(settings).toHaveCount(0);
    await page.getByRole('link', { name: 'Trash' }).click();
    await expect(page).toHaveURL(/view=trash/);
    await page.goBack();
    await expect(page).toHaveURL(/view=people/);
    await page.goBack();
    await expect(page).not.toHaveURL(/view=/);
  });
});

test('an address that names no view is replaced by that of the photos', async ({ akin, page }) => {
  await akin.open('/?view=nonsense&photo=abc');
  await expect(page).toHaveURL(/\/$/);
});

test('a link to a missing photo shows a message', async ({ akin, page }) => {
  await akin.open('/?photo=4294967295');
  await expect(page.getByText(/isn’t in your library/i).first()).toBeVisible();
});
