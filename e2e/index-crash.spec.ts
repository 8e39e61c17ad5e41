import { AkinPage, expect, test } from './fixtures/akin.ts';
import { BrowserProcess } from './fixtures/browserProcess.ts';
import {
  fill,
  nearest,
  recallOf,
  report,
  sealedKinds,
  trained,
  vectorFiles,
  work,
} from './fixtures/indexedLibrary.ts';
import { fourThousand, visited } from './fixtures/libraries.ts';
import { copyOf } from './fixtures/profiles.ts';

/** Number of photos in the first test's profile. */
const SMALL = 4_000;
/** Number of photos that the second test adds at a time: enough to be sealed at once. */
const ADDED = 1_100;

// A killed browser can't return a trace; requesting one would fail.
test.use({ trace: 'off' });

test('a browser killed while training or saving an index restarts with the last good one', async ({
  baseURL,
}) => {
  const browser = new BrowserProcess(await copyOf(fourThousand));
  const start = async () => {
    const context = await browser.start();
    const akin = new AkinPage(context.pages()[0]!);
    await akin.page.goto(baseURL!);
    await akin.opened();
    return akin;
  };
  try {
    let akin = await start();
    expect(await sealedKinds(akin.page)).toEqual(['flat']);
    const queries = [1, 500, 1_000, 2_000, 3_999];
    const exact = await nearest(akin.page, queries);
    await akin.page.evaluate(() => window.akin!.chooseIndex({ kind: 'ivfpq', nlist: 16 }));
    await work(akin.page, 'building', 'training');
    await browser.kill();

    akin = await start();
    expect((await akin.stats()).vectors).toBe(SMALL);
    expect(await nearest(akin.page, queries)).toEqual(exact);
    // Training restarts by itself.
    await trained(akin.page);
    const found = await nearest(akin.page, queries);
    expect(recallOf(exact, found)).toBeGreaterThan(0.9);

    for (const stage of ['adding', 'saving']) {
      await akin.page.evaluate(() => window.akin!.rebuildIndex());
      await work(akin.page, 'building', stage);
      await browser.kill();
      akin = await start();
      expect(await sealedKinds(akin.page)).toEqual(['ivfpq']);
      expect(await nearest(akin.page, queries)).toEqual(found);
      expect(await akin.page.evaluate(() => window.akin!.notice.get())).toBeNull();
      // The file that the killed browser was writing is gone; only the index's file remains.
      await expect.poll(async () => (await vectorFiles(akin.page)).length).toBe(1);
      expect((await report(akin.page)).segments[0]!.exactBytes).toBeGreaterThan(0);
    }
  } finally {
    await browser.kill();
  }
});

test('a browser killed while sealing or merging segments restarts with every photo', async ({
  baseURL,
}) => {
  const browser = new BrowserProcess(await copyOf(visited));
  try {
    let akin = new AkinPage((await browser.start()).pages()[0]!);
    await akin.open(baseURL);
    let photos = 0;
    // Opening seals the added photos and merges segments. Kill the browser at different moments.
    for (const delay of [0, 80, 300]) {
      await fill(akin, ADDED, photos + 1);
      photos += ADDED;
      await akin.page.reload();
      await akin.opened();
      await new Promise((resolve) => setTimeout(resolve, delay));
      await browser.kill();
      akin = new AkinPage((await browser.start()).pages()[0]!);
      await akin.open(baseURL);
      expect((await akin.stats()).vectors).toBe(photos);
      expect(await akin.page.evaluate(() => window.akin!.notice.get())).toBeNull();
      const [hits] = await nearest(akin.page, [photos]);
      expect(hits).toHaveLength(10);
    }
    await expect.poll(() => sealedKinds(akin.page)).toEqual(['flat']);
  } finally {
    await browser.kill();
  }
});
