import { AkinPage, expect, test } from './fixtures/akin.ts';
import { sampleFiles } from './fixtures/pictures.ts';

test('two tabs share one import, and both show and search its photos', async ({
  akin,
  page,
  context,
}) => {
  const paths = await sampleFiles(20);
  await akin.open();
  const otherPage = await context.newPage();
  const other = new AkinPage(otherPage);
  await other.open();

  await akin.choose(paths.slice(0, 12));
  // The other tab shows the import and its photos, and adds its own files.
  await expect(other.importBar()).toBeVisible();
  await expect(other.tiles().first()).toBeVisible();
  await other.choose(paths.slice(12));
  await akin.ready();
  await other.ready();
  await akin.expectPhotos(20);
  await other.expectPhotos(20);
  for (const each of [page, otherPage]) {
    await expect.poll(() => each.evaluate(() => window.akin!.gallery.get().length)).toBe(20);
    const hits = await each.evaluate(async () => {
      const { ids } = window.akin!.gallery.get();
      return (await window.akin!.search(ids[0]!, { k: 50 })).hits.length;
    });
    expect(hits).toBe(19);
  }

  // A photo deleted in one tab disappears from searches in the other, and restoring works across
  // tabs.
  const [gone, asked] = (await akin.list()).map((photo) => photo.id);
  const found = (each: typeof page) =>
    each.evaluate(
      async (id) => (await window.akin!.search(id!, { k: 50 })).hits.map((hit) => hit.id),
      asked,
    );
  await page.evaluate((id) => window.akin!.remove([id!]), gone);
  await expect.poll(() => found(otherPage)).not.toContain(gone);
  await otherPage.evaluate((id) => window.akin!.restore([id!]), gone);
  await expect.poll(() => found(page)).toContain(gone);
});

test('when the importing tab is closed, another one continues', async ({ akin, page, context }) => {
  const paths = await sampleFiles(20);
  const other = new AkinPage(await context.newPage());
  await other.open();
  await akin.open();
  await akin.choose(paths);
  await page.waitForFunction(() => {
    const progress = window.akin!.progress.get();
    return 'total' in progress && progress.total === 20 && progress.imported >= 3;
  });
  await page.close();
  await expect.poll(() => other.page.evaluate(() => window.akin!.gallery.get().length)).toBe(20);
});
