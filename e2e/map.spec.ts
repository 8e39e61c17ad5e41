import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation, look } from './fixtures/axe.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

/** Saves what is seen of the map, and counts its colors. */
async function savedColors(page: Page): Promise<{ colors: number; width: number }> {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Save as picture' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Akin.png');
  const { data, info } = await sharp(await readFile(await download.path()))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const colors = new Set<number>();
  for (let at = 0; at < data.length; at += 3) {
    colors.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
  }
  return { colors: colors.size, width: info.width };
}

test('the library is laid out as a map, selected on it, and walked by keyboard', async ({
  akin,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await akin.open();
  await page.getByRole('navigation').getByRole('link', { name: 'Map' }).click();
  const layOut = page.getByRole('button', { name: 'Lay out the map' });
  await layOut.waitFor();
  await look(page, 'no map');

  // As if another tab were laying it out: this one waits for it, and can be canceled.
  await page.evaluate(() => {
    void navigator.locks.request(
      'akin-map',
      () =>
        new Promise<void>((end) => {
          addEventListener('end-of-layout', () => end());
        }),
    );
  });
  await layOut.click();
  await expect(page.getByTestId('layout-progress')).toContainText('Loading photo data…');
  await expectNoViolation(page, 'a layout');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await layOut.waitFor();
  expect(await page.evaluate(() => window.akin!.map.get())).toBeNull();
  await page.evaluate(() => dispatchEvent(new Event('end-of-layout')));

  await layOut.click();
  const map = page.getByRole('application', { name: 'Map of 40 photos' });
  await map.waitFor();
  await expect.poll(async () => (await savedColors(page)).colors).toBeGreaterThan(60);
  await look(page, 'the map');

  // The browser may take the graphics processor away at any time.
  await page.evaluate(async () => {
    const canvas = document.querySelector<HTMLCanvasElement>('.map-canvas')!;
    const context = canvas.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    context.loseContext();
    await new Promise((resolve) => setTimeout(resolve, 100));
    context.restoreContext();
  });
  await expect.poll(async () => (await savedColors(page)).colors).toBeGreaterThan(60);

  // A box around all, then less of it.
  const drawer = page.getByTestId('map-drawer');
  await page.getByRole('button', { name: 'Box' }).click();
  const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 4 });
    await page.mouse.up();
  };
  await drag([345, 62], [1215, 798]);
  const count = async () => Number.parseInt((await drawer.getByRole('heading').textContent())!, 10);
  const many = await count();
  expect(many).toBeGreaterThan(10);
  await page.keyboard.down('Alt');
  await drag([345, 62], [640, 798]);
  await page.keyboard.up('Alt');
  const few = await count();
  expect(few).toBeLessThan(many);
  expect(few).toBeGreaterThan(0);
  await look(page, 'a selection on the map');

  // It is the gallery's too, and what changes there changes here.
  await drawer.getByRole('button', { name: 'Show in Photos' }).click();
  await expect(page.getByTestId('selection-count')).toHaveText(`${few} selected`);
  await page.locator('.tile[aria-selected="true"]').first().click();
  await page.goBack();
  await expect(drawer.getByRole('heading')).toHaveText(`${few - 1} selected`);
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);

  // By keyboard: from photo to photo, into one and back to it.
  const status = page.getByTestId('map-focus');
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await expect(status).toHaveText(/\w+\.png/);
  const first = await status.textContent();
  await page.keyboard.press('ArrowLeft');
  await expect(status).not.toHaveText(first!);
  const second = await status.textContent();
  await page.keyboard.press('+');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/photo=\d+/);
  await page.goBack();
  await expect(map).toBeFocused();
  await expect(status).toHaveText(second!);
  await page.keyboard.press(' ');
  await expect(status).toHaveText(`${second}, selected`);
  await expect(drawer.getByRole('heading')).toHaveText('1 selected');
  await page.keyboard.press('Escape');

  // Two photos brought together, by keyboard: what that moves is shown, and what is saved is learned.
  await map.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('j');
  const join = page.getByTestId('map-join');
  await expect(join).toContainText(/would move/);
  await expectNoViolation(page, 'photos brought together');
  await join.getByRole('button', { name: 'Save as alike' }).click();
  await expect(join).toHaveCount(0);
  expect(await page.evaluate(() => window.akin!.teach.pairs.sources())).toMatchObject({
    answers: 1,
    photos: 2,
  });

  // The answer to a query has a color, which selects it.
  await page.getByRole('button', { name: 'Search by color' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Blue' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Color by' })).toHaveValue('query');
  await expect(page.getByTestId('query-message')).toContainText('found');
  const line = page.getByTestId('legend').getByRole('button').first();
  const photos = Number.parseInt((await line.locator('.muted').textContent())!, 10);
  await line.click();
  await expect(drawer.getByRole('heading')).toHaveText(`${photos} selected`);
  await expectNoViolation(page, 'the answer to a query on the map');
  await page.keyboard.press('Escape');
  await page.goBack();

  // The same as a table.
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'List clusters' }).click();
  await expect(page.getByTestId('clusters')).toBeVisible();
  await look(page, 'the clusters');
});

test('a map goes with its photos, and comes back with them', async ({ akin, page }) => {
  await akin.open('/?view=map');
  await page.getByRole('button', { name: 'Lay out the map' }).click();
  const map = page.getByTestId('map');
  await map.waitFor();

  // A pair that was brought together goes, too.
  await map.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('j');
  await expect(page.getByTestId('map-join')).toContainText(/would move/);
  const ids = await page.evaluate(async () => {
    const all = [...(await window.akin!.map.get())!.ids];
    await window.akin!.remove(all);
    return all;
  });
  await expect(page.locator('.no-map')).toContainText('Your library is empty.');
  await expect(page.getByTestId('map-join')).toHaveCount(0);
  await page.evaluate((all) => window.akin!.restore(all), ids);
  await map.waitFor();

  await page.evaluate(() => window.akin!.clear());
  await expect(page.locator('.no-map')).toContainText('Your library is empty.');
  await expect(page.getByTestId('layout-progress')).toHaveCount(0);
});

test('without WebGL 2, the map is a table', async ({ akin, page }) => {
  await page.addInitScript(() => {
    const real = HTMLCanvasElement.prototype.getContext as (...args: unknown[]) => unknown;
    HTMLCanvasElement.prototype.getContext = function (this: unknown, ...args: unknown[]) {
      return args[0] === 'webgl2' ? null : real.apply(this, args);
    } as never;
  });
  await akin.open();
  await page.evaluate(() => window.akin!.map.layOut());
  await akin.open('/?view=map');
  await expect(page.getByRole('alert')).toContainText('WebGL 2 is missing');
  await expect(page.getByTestId('clusters')).toBeVisible();
  await expectNoViolation(page, 'the map as a table');
});
