import { AkinPage, expect, test } from './fixtures/akin.ts';
import { BrowserProcess } from './fixtures/browserProcess.ts';
import { sampleFiles, scratch } from './fixtures/pictures.ts';

// A browser that is killed takes its trace with it, and asking it for one fails.
test.use({ trace: 'off' });

test('an import goes on where it was when the browser was killed', async ({ baseURL }) => {
  const paths = await sampleFiles(40);
  const browser = new BrowserProcess(scratch());
  let context = await browser.start();
  try {
    let akin = new AkinPage(context.pages()[0]!);
    await akin.open(baseURL);
    await akin.choose(paths);
    const kept = () => akin.page.evaluate(() => window.akin!.gallery.get().length);
    // All are staged, and some are kept.
    await akin.page.waitForFunction(() => {
      const progress = window.akin!.progress.get();
      return 'total' in progress && progress.total === 40 && progress.kept >= 6;
    });
    const atKill = await kept();
    expect(atKill).toBeLessThan(40);
    await browser.kill();

    context = await browser.start();
    akin = new AkinPage(context.pages()[0]!);
    await akin.page.goto(baseURL!);
    await akin.opened();
    expect(await kept()).toBeGreaterThanOrEqual(atKill);
    await expect.poll(kept, { timeout: 90_000 }).toBe(40);
    await akin.ready();
    expect(await akin.failures()).toEqual([]);

    const photos = await akin.list();
    expect(new Set(photos.map((photo) => photo.name)).size).toBe(40);
    // Each is searchable, with one vector.
    const stats = await akin.stats();
    expect(stats.vectors).toBe(40);
    const { hits } = await akin.page.evaluate(
      (id) => window.akin!.search(id, { k: 100 }),
      photos[0]!.id,
    );
    expect(hits).toHaveLength(39);
  } finally {
    await browser.kill();
  }
});
