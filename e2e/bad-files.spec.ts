import { hostileFiles } from '../scripts/hostile/files.ts';
import { tally } from '../scripts/hostile/tally.ts';
import { tryFiles } from '../scripts/hostile/tryFiles.ts';
import { AkinPage, expect, test } from './fixtures/akin.ts';
import { type NamedBytes, oriented, unreadable, unusual } from './fixtures/badFiles.ts';
import { blocks } from './fixtures/pictures.ts';

const wired = (files: readonly NamedBytes[]) =>
  files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));

test('unreadable files are listed with the reason, and the rest are imported', async ({
  akin,
  page,
}) => {
  await akin.open();
  const bad = await unreadable();
  const good = [{ name: 'good.png', bytes: await blocks(1) }];
  const report = await akin.importBytes(wired([...bad, ...good]));
  expect(report.imported).toHaveLength(1);
  expect(report.failed).toHaveLength(bad.length);
  const failures = await akin.failures();
  expect(Object.fromEntries(failures.map(({ name, code }) => [name, code]))).toEqual(
    Object.fromEntries(bad.map(({ name, code }) => [name, code])),
  );
  expect(failures.find(({ name }) => name === 'huge.png')?.message).toContain('30,000 × 30,000');

  await page
    .getByRole('button', { name: /see why|not imported/i })
    .first()
    .click();
  const problems = page.getByRole('dialog');
  await expect(problems.getByText('cut.jpg')).toBeVisible();
  await expect(problems.getByText('empty.jpg')).toBeVisible();
  await expect(problems.getByRole('button', { name: 'Try again: cut.jpg' })).toBeVisible();
  await expect(problems.getByRole('button', { name: 'Try again: empty.jpg' })).toHaveCount(0);
  // They fail again and stay listed.
  await page.evaluate(() => window.akin!.retry());
  await akin.ready();
  await expect.poll(async () => (await akin.failures()).length).toBe(bad.length);
  await page.evaluate(() => window.akin!.dismiss());
  await expect.poll(async () => (await akin.failures()).length).toBe(0);
});

// `npm run bench:hostile` tests more of them.
test('hostile files cause no crashes, hangs or partial records', async ({ akin, page }) => {
  const files = await hostileFiles(24, 10);
  const outcome = await tryFiles(page, files, {
    open: (tab) => new AkinPage(tab).open(),
    fileMs: 4000,
    restMs: 60_000,
  });
  expect(outcome.told).toEqual([]);
  expect(outcome).toMatchObject({ tried: 24, crashed: 0, hung: 0, partial: 0 });
  expect(outcome.kept).toBeGreaterThan(0);
  expect(outcome.failed).toBeGreaterThan(0);

  // The check itself detects partial records.
  await page.evaluate(
    async (id) => {
      const opening = indexedDB.open('akin');
      await new Promise((resolve) => opening.addEventListener('success', resolve));
      const tx = opening.result.transaction(['thumbs', 'originals'], 'readwrite');
      tx.objectStore('thumbs').delete(id!);
      tx.objectStore('originals').put(new Blob(['left behind']), 4_000_000);
      await new Promise((resolve) => tx.addEventListener('complete', resolve));
      opening.result.close();
    },
    (await akin.list())[0]?.id,
  );
  expect((await tally(page)).partial).toEqual([
    expect.stringMatching(/has no thumbnail/),
    'Original 4000000 is nobody’s.',
    expect.stringMatching(/thumbnail of \d+ can’t be drawn/),
  ]);
});

test('unusual pictures are imported, and file names are shown as plain text', async ({
  akin,
  page,
}) => {
  await akin.open();
  const files = await unusual();
  const report = await akin.importBytes(wired(files));
  expect(report.failed).toEqual([]);
  expect(report.imported).toHaveLength(files.length);
  expect((await akin.list()).map((photo) => photo.name)).toEqual(files.map((file) => file.name));
  for (const id of report.imported) {
    await page.goto(`/?photo=${id}`);
    await akin.ready();
    await akin.includeLessSimilar();
  }
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  // A long name doesn't widen the page.
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(
    true,
  );
});

test('photos with any EXIF orientation are shown upright', async ({ akin, page }) => {
  await akin.open();
  const files = await Promise.all(
    [1, 2, 3, 4, 5, 6, 7, 8].map(async (orientation) => ({
      name: `orientation-${orientation}.jpg`,
      bytes: await oriented(orientation),
    })),
  );
  await akin.importBytes(wired(files));
  // Expected side of the red half in the thumbnail, for each orientation.
  const red = ['left', 'right', 'right', 'left', 'top', 'top', 'bottom', 'bottom'];
  const photos = await akin.list();
  expect(photos).toHaveLength(8);
  const seen = await page.evaluate(
    async (ids) => {
      const sides: string[] = [];
      for (const { src } of await window.akin!.thumbs(ids)) {
        const image = new Image();
        image.src = src;
        await image.decode();
        const bitmap = await createImageBitmap(image);
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        const isRed = (x: number, y: number) => {
          const [r, , b] = context.getImageData(x, y, 1, 1).data;
          return r! > b!;
        };
        const { width, height } = bitmap;
        if (width > height) sides.push(isRed(8, height / 2) ? 'left' : 'right');
        else sides.push(isRed(width / 2, 8) ? 'top' : 'bottom');
      }
      return sides;
    },
    photos.map((photo) => photo.id),
  );
  expect(seen).toEqual(red);
});

test('identical files are imported once, whatever their names', async ({ akin }) => {
  await akin.open();
  const bytes = await blocks(42);
  const report = await akin.importBytes(
    wired([
      { name: 'one.png', bytes },
      { name: 'two.jpg', bytes },
    ]),
  );
  expect(report.imported).toHaveLength(1);
  expect(report.duplicates).toEqual(report.imported);
  const again = await akin.importBytes(wired([{ name: 'three.png', bytes }]));
  expect(again).toMatchObject({ imported: [], duplicates: report.imported });
  await akin.expectPhotos(1);
});

/** `AKIN_TINY_FILES=20000` tries more. Far above the 200 failures that the list shows. */
const TINY_FILES = Number(process.env.AKIN_TINY_FILES ?? 3_000);

test('thousands of tiny files are all accounted for, without freezing the page', async ({
  akin,
  page,
}) => {
  await akin.open();
  const picture = Buffer.from(await blocks(7)).toString('base64');
  const report = await page.evaluate(
    async ([base64, length]) => {
      const png = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const files = Array.from({ length }, (_, i) =>
        // One picture under half of the names; the other half only claim to be pictures.
        i % 2 === 0 ? new File([png], `${i}.png`) : new File([`text ${i}`], `${i}.jpg`),
      );
      return window.akin!.importFiles(files);
    },
    [picture, TINY_FILES] as const,
  );
  expect(report.imported).toHaveLength(1);
  expect(report.duplicates).toHaveLength(TINY_FILES / 2 - 1);
  expect(report.failed).toHaveLength(TINY_FILES / 2);
  // The list of all these failures renders only the latest.
  await page
    .getByRole('button', { name: /see why|not imported/i })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  expect(await dialog.getByRole('listitem').count()).toBeLessThanOrEqual(200);
});
