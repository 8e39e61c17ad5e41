import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quietSwitches } from '../scripts/browser.ts';
import { expect, test } from './fixtures/akin.ts';
import { dropOn } from './fixtures/drag.ts';
import { blocks, scratch } from './fixtures/pictures.ts';
import { makeUnreadable, plainUsersBrowser } from './fixtures/plainUser.ts';

const home = scratch();
test.use({
  launchOptions: {
    executablePath: plainUsersBrowser(),
    args: quietSwitches,
    env: { ...process.env, HOME: home } as Record<string, string>,
  },
});
test.skip(process.platform === 'win32', 'Windows doesn’t allow these file names.');

let seed = 8000;
/** Writes a unique picture. */
async function picture(path: string): Promise<string> {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, await blocks(seed++));
  return path;
}

/** Writes a file with a JPEG signature and nothing else, which quickly fails as damaged. */
function damaged(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, Buffer.concat([Buffer.from('\xff\xd8\xff', 'latin1'), Buffer.from(path)]));
}

const PHOTOS = [
  'ok.jpg',
  'Screenshot from 2024-01-05 10:12:33.jpg',
  'Who is that?.jpg',
  'Mum: 60th birthday/cake.jpg',
];
const ODD = [
  'st*r.jpg',
  'a|b.jpg',
  '"quoted".jpg',
  '<3.jpg',
  'back\\slash.jpg',
  ' before.jpg',
  'after.jpg ',
  'dot.jpg.',
  'tab\t.jpg',
  'new\nline.jpg',
  'zero\u200bwidth.jpg',
  '\u200fright-to-left.jpg',
  'CON',
  'COM1',
  'aux.jpg',
  'aux/1.jpg',
  'dot./1.jpg',
  ' space /1.jpg',
  'a\\b/1.jpg',
  '\u202emirrored/1.jpg',
];

test('no file in a dropped folder is lost, whatever its name', async ({ akin, page }) => {
  const folder = join(scratch(), 'Trip');
  for (const name of PHOTOS) await picture(join(folder, name));
  for (const name of ODD) damaged(join(folder, name));
  await akin.open();
  await dropOn(page, { files: [folder] });
  await expect.poll(async () => (await akin.stats()).photos).toBe(PHOTOS.length);
  await akin.ready();
  const places = (all: readonly { path: string; name: string }[]) =>
    all.map(({ path, name }) => `${path}/${name}`).sort();
  expect(places(await akin.list())).toEqual(PHOTOS.map((name) => `Trip/${name}`).sort());
  await expect.poll(async () => (await akin.failures()).length).toBe(ODD.length);
  expect(places(await akin.failures())).toEqual(ODD.map((name) => `Trip/${name}`).sort());
});

test('unreadable files and folders are listed with their paths, and the rest are imported', async ({
  akin,
  page,
}) => {
  const drive = join(scratch(), 'drive');
  await picture(join(drive, 'good.jpg'));
  await picture(join(drive, 'a', 'deep', 'good too.jpg'));
  await picture(join(drive, 'lost+found', 'unseen.jpg'));
  makeUnreadable(join(drive, 'lost+found'));
  makeUnreadable(await picture(join(drive, 'a', 'secret.jpg')));
  for (const name of ['.DS_Store', 'good.jpg.json', 'a/film.mp4', 'a/._good.jpg']) {
    writeFileSync(join(drive, name), `no photo: ${name}`);
  }
  await picture(join(drive, '@eaDir', 'good.jpg', 'SYNOPHOTO_THUMB_M.jpg'));
  writeFileSync(join(drive, 'claims.jpg'), 'no picture');
  const beside = await picture(join(scratch(), 'beside.jpg'));
  const dangling = join(scratch(), 'dangling.jpg');
  symlinkSync('/there/is/no/such.jpg', dangling);
  // Chromium’s file system handles reject these folders, and the home folder itself.
  const downloads = join(home, 'Downloads');
  await picture(join(downloads, 'downloaded.jpg'));

  await akin.open();
  await dropOn(page, { files: [drive, dangling, beside, downloads] });
  await expect.poll(() => page.evaluate(() => window.akin!.progress.get().state)).toBe('done');
  await akin.ready();
  const photos = (await akin.list()).map(({ path, name }) => `${path}/${name}`);
  expect(photos.sort()).toEqual([
    '/beside.jpg',
    'Downloads/downloaded.jpg',
    'drive/a/deep/good too.jpg',
    'drive/good.jpg',
  ]);
  await expect.poll(async () => (await akin.failures()).length).toBe(4);
  const failures = (await akin.failures()).map(({ path, name, code }) => [path, name, code]);
  expect(failures.sort()).toEqual([
    ['', 'dangling.jpg', 'unreadable-file'],
    ['drive', 'claims.jpg', 'unsupported-format'],
    ['drive', 'lost+found', 'unreadable-folder'],
    ['drive/a', 'secret.jpg', 'unreadable-file'],
  ]);
  await expect(akin.importBar()).toContainText('4 imported and 4 not imported');
  await expect(akin.importBar()).toContainText('Skipped 5 files that aren’t photos');

  await page.getByRole('button', { name: 'See why' }).click();
  const folder = page.getByTestId('problem').filter({ hasText: 'lost+found' });
  await expect(folder).toContainText('Akin can’t open this folder');
  await expect(folder.getByRole('button', { name: /again/ })).toHaveCount(0);
  // Files that fail again stay listed, and so does the folder.
  await page.getByRole('button', { name: 'Try all again' }).click();
  await akin.ready();
  await expect.poll(async () => (await akin.failures()).length).toBe(4);

  // The home folder works too, with its subfolders.
  await picture(join(home, 'Pictures', 'at home.jpg'));
  await picture(join(home, '.cache', 'thumbnails', 'large', 'f00.png'));
  await dropOn(page, { files: [home] });
  await expect.poll(async () => (await akin.stats()).photos).toBe(5);
  await akin.ready();
  expect((await akin.list()).at(-1)).toMatchObject({ name: 'at home.jpg' });
});

test('a large folder is imported while it is being read, and the import can be stopped', async ({
  akin,
  page,
}) => {
  const folder = join(scratch(), 'Large');
  const FOLDERS = 200;
  for (let i = 0; i < FOLDERS; i++) {
    damaged(join(folder, String(i), 'damaged.jpg'));
    for (let j = 0; j < 9; j++) writeFileSync(join(folder, String(i), `${j}.txt`), `${i} ${j}`);
  }
  await akin.open();
  const progress = () => page.evaluate(() => window.akin!.progress.get());
  await dropOn(page, { files: [folder] });
  await page.getByRole('button', { name: 'Stop' }).click();
  await akin.ready();
  expect(await progress()).toMatchObject({ state: 'done', cancelled: true });
  expect((await akin.failures()).length).toBeLessThan(FOLDERS);

  // A second drop imports everything, and nothing twice.
  await dropOn(page, { files: [folder] });
  await expect.poll(async () => (await akin.failures()).length).toBe(FOLDERS);
  await akin.ready();
  expect(await progress()).toMatchObject({
    state: 'done',
    cancelled: false,
    total: 10 * FOLDERS,
    done: 10 * FOLDERS,
    skipped: 9 * FOLDERS,
    failed: FOLDERS,
  });
  expect(await akin.failures()).toHaveLength(FOLDERS);
});

test.afterAll(() => rmSync(home, { recursive: true, force: true }));
