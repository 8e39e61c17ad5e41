import { AkinPage, expect, test } from './fixtures/akin.ts';
import { blockFiles, blocks } from './fixtures/pictures.ts';

test('two tabs importing at once show one summary until it is dismissed in either', async ({
  akin,
  page,
  context,
}) => {
  await akin.open();
  const other = new AkinPage(await context.newPage());
  await other.open();
  const paths = await blockFiles(20, 700);
  // Import one photo first, so the models are loaded and both imports run at the same time.
  await akin.bringIn([paths[0]!]);

  await Promise.all([akin.choose(paths.slice(0, 12)), other.choose(paths.slice(10))]);
  for (const { page } of [akin, other]) {
    await page.waitForFunction(() => {
      const now = window.akin!.progress.get();
      return now.state === 'done' && now.total === 22;
    });
  }
  // Two files were chosen in both tabs, and one was already imported.
  const result = { state: 'done', total: 22, imported: 19, duplicates: 3, failed: 0 };
  await akin.ready();
  await other.ready();
  // An idle tab, or one that is told to resume, neither changes nor dismisses the summary.
  await other.page.evaluate(() => window.akin!.resume());
  await page.waitForTimeout(1_000);
  for (const { page } of [akin, other]) {
    expect(await page.evaluate(() => window.akin!.progress.get())).toMatchObject(result);
  }
  await expect(akin.importBar()).toContainText('19 imported and 3 already in your library');
  await expect(other.importBar()).toContainText('19 imported and 3 already in your library');

  // A new tab shows the summary too, and dismissing it there dismisses it everywhere.
  const third = new AkinPage(await context.newPage());
  await third.open();
  await expect(third.importBar()).toContainText('19 imported and 3 already in your library');
  await third.importBar().getByRole('button', { name: 'Dismiss' }).click();
  for (const each of [third, akin, other]) await expect(each.importBar()).toHaveCount(0);
});

test('all unreadable files are listed by the time the library is ready', async ({ akin, page }) => {
  await akin.open();
  const bad = Array.from({ length: 40 }, (_, i) => ({
    name: `bad-${i}.jpg`,
    base64: Buffer.from(`not a picture ${i}`).toString('base64'),
  }));
  const importing = akin.importBytes(bad);
  await page.waitForFunction(() => window.akin!.progress.get().state !== 'idle');
  const listed = await page.evaluate(async () => {
    await window.akin!.ready();
    return window.akin!.failures.get().length;
  });
  expect(listed).toBe(40);
  await importing;
});

test('if a visit ends before all files are stored, the next one shows a message', async ({
  akin,
  page,
  context,
}) => {
  await akin.open();
  const picture = Buffer.from(await blocks(930)).toString('base64');
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    async function* folder() {
      yield [{ file: new File([bytes], 'one.png') }];
      // The folder is still being read.
      await new Promise(() => {});
    }
    void window.akin!.importFiles(folder());
  }, picture);
  await expect.poll(() => page.evaluate(() => window.akin!.gallery.get().length)).toBe(1);
  const next = new AkinPage(await context.newPage());
  await page.close();
  await next.page.goto('/');
  const banner = next.page.getByRole('alert').filter({ hasText: 'Akin was closed before' });
  await expect(banner).toContainText('Import the same files or folder again');
  await banner.getByRole('button', { name: 'Dismiss' }).click();
  await expect(banner).toHaveCount(0);
  await next.page.reload();
  await next.ready();
  await expect(banner).toHaveCount(0);
  await next.expectPhotos(1);
});
