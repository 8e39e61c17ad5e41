import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JSHandle, Page } from '@playwright/test';
import { expect, test } from './fixtures/akin.ts';
import { dragOf, dropOn } from './fixtures/drag.ts';
import { blockFiles, blocks, scratch } from './fixtures/pictures.ts';

/** A `DataTransfer` with picture files, created in the page. */
async function carried(page: Page, names: readonly string[]): Promise<JSHandle<DataTransfer>> {
  const files = await Promise.all(
    names.map(async (name, i) => ({ name, base64: (await blocks(700 + i)).toString('base64') })),
  );
  return page.evaluateHandle((all) => {
    const dataTransfer = new DataTransfer();
    for (const { name, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name, { type: 'image/png' }));
    }
    return dataTransfer;
  }, files);
}

/** A typical folder: pictures at several depths, and a file that isn't one. */
async function folderOfPictures(): Promise<string> {
  const folder = join(scratch(), 'Holiday');
  mkdirSync(join(folder, 'Beach', 'Day 2'), { recursive: true });
  writeFileSync(join(folder, 'top.png'), await blocks(720));
  writeFileSync(join(folder, 'Beach', 'sand.png'), await blocks(721));
  writeFileSync(join(folder, 'Beach', 'Day 2', 'wave.png'), await blocks(722));
  writeFileSync(join(folder, 'Beach', 'notes.txt'), 'Bring a towel.');
  return folder;
}

const HOLIDAY = [
  ['sand.png', 'Holiday/Beach'],
  ['top.png', 'Holiday'],
  ['wave.png', 'Holiday/Beach/Day 2'],
];

test('an overlay shows while files are dragged over the page, and files can be dropped anywhere', async ({
  akin,
  page,
}) => {
  const files = await blockFiles(3, 700);
  await akin.open();
  const overlay = page.getByTestId('drop-overlay');
  const drag = await dragOf(page, { files });
  await drag.enter();
  // Browsers fire drag events continuously during a drag.
  const whileOver = async (tellOfIt: () => Promise<unknown>) =>
    expect(async () => {
      await tellOfIt();
      await expect(overlay).toBeVisible({ timeout: 500 });
    }).toPass();
  await whileOver(() => drag.over());
  // The element under the pointer is removed, so `dragleave` never fires.
  await page.evaluate(() => document.querySelector('main')?.remove());
  await whileOver(() => drag.over(500, 320));
  // The drag leaves the window.
  await drag.cancel();
  await expect(overlay).toHaveCount(0);
  await akin.open();
  // Events stop without `dragleave`: the overlay disappears anyway.
  await whileOver(() =>
    page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'x.png'));
      document.body.dispatchEvent(new DragEvent('dragenter', { bubbles: true, dataTransfer }));
    }),
  );
  await expect(overlay).toHaveCount(0);
  await akin.expectPhotos(0);

  await dropOn(page, { files });
  await expect(overlay).toHaveCount(0);
  await expect(akin.tiles()).toHaveCount(3);
  await akin.ready();
  // Also in the photo view.
  await akin.tiles().first().click();
  await akin.includeLessSimilar();
  await dropOn(page, { files: await blockFiles(1, 704) });
  await expect.poll(async () => (await akin.stats()).photos).toBe(4);
});

test('dropped text is left to the browser; a dropped link or HTML shows what can be imported', async ({
  akin,
  page,
}) => {
  await akin.open();
  const here = page.url();
  const told = page.getByText('You can only import files');
  await dropOn(page, { items: [{ mimeType: 'text/plain', data: 'only words' }] });
  await expect(told).toHaveCount(0);
  const link = { mimeType: 'text/uri-list', data: 'http://localhost:9/a.jpg' };
  await dropOn(page, { items: [link] });
  await expect(told).toBeVisible();
  await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
  await page.reload();
  await akin.ready();
  await dropOn(page, { items: [{ mimeType: 'text/html', data: '<img src="http://x/a.jpg">' }] });
  await expect(told).toBeVisible();
  expect(page.url()).toBe(here);
  expect(page.context().pages()).toHaveLength(1);

  // If the browser provides the dragged picture as a file, it is imported.
  const dataTransfer = await carried(page, ['from the web.png']);
  await dataTransfer.evaluate((data) => data.setData('text/uri-list', 'http://localhost:9/a.jpg'));
  await page.dispatchEvent('main', 'drop', { dataTransfer });
  await expect.poll(async () => (await akin.stats()).photos).toBe(1);
});

test('a chosen folder is imported with its subfolders', async ({ akin, page }) => {
  const folder = await folderOfPictures();
  await akin.open();
  await page.getByTestId('folder-input').setInputFiles(folder);
  await expect.poll(async () => (await akin.stats()).photos).toBe(3);
  await akin.ready();
  const photos = (await akin.list()).map(({ name, path }) => [name, path]);
  expect(photos.sort()).toEqual(HOLIDAY);
  expect(await akin.failures()).toEqual([]);
  await expect(akin.importBar()).toContainText('Skipped 1 file that isn’t a photo');

  // Importing the same folder again adds nothing.
  await page.getByTestId('folder-input').setInputFiles(folder);
  await expect
    .poll(() => page.evaluate(() => window.akin!.progress.get()))
    .toMatchObject({ state: 'done', duplicates: 3 });
  await akin.expectPhotos(3);
});

test('the buttons on the first screen open the browser’s file and folder choosers', async ({
  akin,
  page,
}) => {
  const paths = await blockFiles(2, 750);
  await akin.open();
  const folders = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose folder' }).click();
  expect(await (await folders).element().getAttribute('data-testid')).toBe('folder-input');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose photos' }).click();
  await (await chooser).setFiles(paths);
  await expect(akin.tiles()).toHaveCount(2);
});

test('pictures can be pasted with a paste event, a shortcut or the menu', async ({
  akin,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await akin.open();
  const photos = async () => (await akin.stats()).photos;

  // Several files at once, as copied by a file manager.
  const clipboardData = await carried(page, ['copied.png', 'image.png']);
  const kept = await page.evaluate((data) => {
    const event = new ClipboardEvent('paste', {
      bubbles: true,
      cancelable: true,
      clipboardData: data,
    });
    return document.body.dispatchEvent(event);
  }, clipboardData);
  expect(kept).toBe(false);
  await expect.poll(photos).toBe(2);
  await akin.ready();
  const [copied, unnamed] = (await akin.list()).map(({ name }) => name);
  expect(copied).toBe('copied.png');
  // "image.png", the browser's default name, is replaced with a unique one.
  expect(unnamed).toMatch(/^Pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);

  // A picture on the system clipboard, like a screenshot.
  const copy = async (seed: number) => {
    const base64 = (await blocks(seed, 80, 60)).toString('base64');
    await page.evaluate(async (encoded) => {
      const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
      const blob = new Blob([bytes], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    }, base64);
  };
  await copy(770);
  await page.keyboard.press('ControlOrMeta+V');
  await expect.poll(photos).toBe(3);
  await akin.ready();
  await copy(771);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Paste' }).click();
  await expect.poll(photos).toBe(4);
  await akin.ready();
  const names = (await akin.list()).map(({ name }) => name);
  expect(names.slice(2).every((name) => name.startsWith('Pasted '))).toBe(true);

  // In a text field, a paste is left to the field.
  await copy(772);
  await page.evaluate(() => {
    for (const field of [document.createElement('input'), document.createElement('div')]) {
      if (field instanceof HTMLDivElement) field.contentEditable = 'true';
      field.className = 'field-of-test';
      document.body.append(field);
    }
  });
  for (const field of await page.locator('.field-of-test').all()) {
    await field.focus();
    await page.keyboard.press('ControlOrMeta+V');
  }
  await page.evaluate(() => {
    for (const field of document.querySelectorAll('.field-of-test')) field.remove();
  });
  await akin.ready();
  await akin.expectPhotos(4);
  // Pasting text shows a message.
  await page.evaluate(() => navigator.clipboard.writeText('only words'));
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Paste' }).click();
  await expect(page.getByText('No photo on the clipboard')).toBeVisible();
  await akin.expectPhotos(4);
});
