import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JSHandle, Page } from '@playwright/test';
import { expect, test } from './fixtures/akin.ts';
import { blockFiles, blocks, scratch } from './fixtures/pictures.ts';

/** What a drag carries that the browser began: files of real bytes, made in the page. */
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

/** A folder as people have them: pictures at several depths, and something that is none. */
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

test('files held over the page are announced, and dropped anywhere they are brought in', async ({
  akin,
  page,
}) => {
  await akin.open();
  const overlay = page.getByTestId('drop-overlay');
  const dataTransfer = await carried(page, ['one.png', 'two.png', 'three.png']);
  await page.dispatchEvent('main', 'dragenter', { dataTransfer });
  await expect(overlay).toBeVisible();
  // From one element to the next is not out of the window.
  await page.dispatchEvent('h2', 'dragenter', { dataTransfer });
  await page.dispatchEvent('main', 'dragleave', { dataTransfer });
  await expect(overlay).toBeVisible();
  await page.dispatchEvent('h2', 'dragleave', { dataTransfer });
  await expect(overlay).toHaveCount(0);
  await akin.expectPhotos(0);

  await page.dispatchEvent('main', 'dragenter', { dataTransfer });
  await expect(overlay).toBeVisible();
  // The browser shows whether a drop is taken by what becomes of `dragover`.
  const taken = await overlay.evaluate((element, carrying) => {
    const over = { bubbles: true, cancelable: true, dataTransfer: carrying };
    return !element.dispatchEvent(new DragEvent('dragover', over));
  }, dataTransfer);
  expect(taken).toBe(true);
  await overlay.dispatchEvent('drop', { dataTransfer });
  await expect(overlay).toHaveCount(0);
  await expect(akin.tiles()).toHaveCount(3);
  await akin.ready();
  expect((await akin.list()).map(({ name }) => name)).toEqual(['one.png', 'two.png', 'three.png']);

  // On a photo's own screen too.
  await akin.tiles().first().click();
  await expect(akin.results().first()).toBeVisible();
  const more = await carried(page, ['', '', '', 'four.png']);
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: more });
  await overlay.dispatchEvent('drop', { dataTransfer: more });
  await expect.poll(async () => (await akin.stats()).photos).toBe(4);
});

test('words that are dragged over the page are left to the browser', async ({ akin, page }) => {
  await akin.open();
  const dataTransfer = await page.evaluateHandle(() => {
    const words = new DataTransfer();
    words.setData('text/plain', 'only words');
    return words;
  });
  await page.dispatchEvent('main', 'dragenter', { dataTransfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer });
  await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
  await akin.ready();
  await akin.expectPhotos(0);
});

test('a folder and a file dropped from the desktop come in with their folders', async ({
  akin,
  page,
  context,
}) => {
  const [loose] = await blockFiles(1, 740);
  const files = [await folderOfPictures(), loose!];
  await akin.open();
  // The browser's own drag, as it comes from a file manager: nothing of it is made in the page.
  const devtools = await context.newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    devtools.send('Input.dispatchDragEvent', {
      type,
      x: 400,
      y: 300,
      data: { items: [], files, dragOperationsMask: 1 },
    });
  await drag('dragEnter');
  await expect(page.getByTestId('drop-overlay')).toBeVisible();
  await drag('dragOver');
  await drag('drop');
  await expect(page.getByTestId('drop-overlay')).toHaveCount(0);
  await expect.poll(async () => (await akin.stats()).photos).toBe(4);
  await akin.ready();
  const photos = (await akin.list()).map(({ name, path }) => [name, path]);
  expect(photos.sort()).toEqual([['blocks-740.png', ''], ...HOLIDAY]);
  expect((await akin.failures()).map(({ name }) => name)).toEqual(['notes.txt']);
});

test('a folder that is chosen comes in with its folders', async ({ akin, page }) => {
  const folder = await folderOfPictures();
  await akin.open();
  await page.getByTestId('folder-input').setInputFiles(folder);
  await expect.poll(async () => (await akin.stats()).photos).toBe(3);
  await akin.ready();
  const photos = (await akin.list()).map(({ name, path }) => [name, path]);
  expect(photos.sort()).toEqual(HOLIDAY);
  expect((await akin.failures()).map(({ name }) => name)).toEqual(['notes.txt']);

  // The same folder again adds nothing.
  await page.getByTestId('folder-input').setInputFiles(folder);
  await expect
    .poll(() => page.evaluate(() => window.akin!.progress.get()))
    .toMatchObject({ state: 'done', duplicates: 3 });
  await akin.expectPhotos(3);
});

test('the buttons of the first screen open the browser’s choosers', async ({ akin, page }) => {
  const paths = await blockFiles(2, 750);
  await akin.open();
  const folders = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  expect(await (await folders).element().getAttribute('data-testid')).toBe('folder-input');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chooser).setFiles(paths);
  await expect(akin.tiles()).toHaveCount(2);
});

test('a picture is pasted: by the event, by the key and by the button', async ({
  akin,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await akin.open();
  const photos = async () => (await akin.stats()).photos;

  // Several files at once, as a file manager copies them.
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
  // What the browser calls "image.png" gets a name that tells it from the next one.
  expect(unnamed).toMatch(/^Pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png$/);

  // A picture on the clipboard of the system, as a screenshot is.
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
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('menuitem', { name: 'Paste' }).click();
  await expect.poll(photos).toBe(4);
  await akin.ready();
  const names = (await akin.list()).map(({ name }) => name);
  expect(names.slice(2).every((name) => name.startsWith('Pasted '))).toBe(true);

  // Words are no picture, and that is said.
  await page.evaluate(() => navigator.clipboard.writeText('only words'));
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('menuitem', { name: 'Paste' }).click();
  await expect(page.getByText('There is no picture on the clipboard')).toBeVisible();
  await akin.expectPhotos(4);
});
