import { BREAK_EVEN } from '../src/ann/index.ts';
import { expect, test } from './fixtures/akin.ts';
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
import { fourThousand } from './fixtures/libraries.ts';

/** The smallest library that is trained without being asked. */
const LARGE = BREAK_EVEN;

test('an index for a large library is trained in the background on all cores, without blocking', async ({
  akin,
}) => {
  const { page } = akin;
  await akin.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const helpers = async () => {
    const { targetInfos } = await browser.send('Target.getTargets');
    return targetInfos.filter(({ url }) => url.includes('/assign.worker-')).length;
  };
  expect(await helpers()).toBe(0);
  await fill(akin, LARGE);
  await work(page, 'building');
  // Until the index is trained, all results are exact.
  const queries = Array.from({ length: 40 }, (_, i) => 1 + i * 500);
  const exact = await nearest(page, queries);
  const search = () => page.evaluate(() => window.akin!.search(1, { k: 240 }));
  const exactHits = (await search()).hits;
  const { work: now, automatic } = await report(page);
  expect(now).toMatchObject({ state: 'building', kind: 'ivfpq', vectors: LARGE });
  expect(automatic.kind).toBe('ivfpq');
  // Helper workers use the other cores, and exit when training ends.
  await expect.poll(helpers, { intervals: [100] }).toBe(Math.min(8, cores) - 1);
  await trained(page);
  await expect.poll(helpers).toBe(0);
  const found = await nearest(page, queries);
  expect(recallOf(exact, found)).toBeGreaterThan(0.9);
  const { codesScanned, hits } = await search();
  expect(codesScanned).toBeLessThan(LARGE / 4);
  // Cosines are computed from the full-precision vectors in their file.
  const both = hits.flatMap(({ id, cosine }) => {
    const same = exactHits.find((hit) => hit.id === id);
    return same ? [Math.abs(cosine - same.cosine)] : [];
  });
  expect(both.length).toBeGreaterThan(144);
  expect(Math.max(...both)).toBeLessThan(1e-5);
  const [segment] = (await report(page)).segments;
  const { d } = (await akin.stats()).index;
  const file = 64 + LARGE * 4 * (d + 1);
  expect(segment!.exactBytes).toBe(file);
  expect(await vectorFiles(page)).toEqual([file]);

  await page.reload();
  await akin.ready();
  expect(await page.evaluate(() => window.akin!.notice.get())).toBeNull();
  expect(await sealedKinds(page)).toEqual(['ivfpq']);
  expect(await nearest(page, queries)).toEqual(found);
  const quality = await page.evaluate(() => window.akin!.checkIndex());
  expect(quality).toMatchObject({ queries: 100, vectors: LARGE });
  expect(quality.recall10).toBeGreaterThan(0.9);
  expect((await report(page)).quality).toEqual(quality);

  const gone = [...new Set(found.flatMap((ids) => ids.slice(0, 2)))].filter(
    (id) => !queries.includes(id),
  );
  await page.evaluate((ids) => window.akin!.remove(ids), gone);
  const overlap = async () =>
    (await nearest(page, queries)).flat().filter((id) => gone.includes(id));
  expect(await overlap()).toEqual([]);
  await page.evaluate(() => window.akin!.purge());
  await page.reload();
  await akin.ready();
  expect(await overlap()).toEqual([]);
  expect((await akin.stats()).vectors).toBe(LARGE - gone.length);

  await page.evaluate(() => window.akin!.clear());
  await expect.poll(() => vectorFiles(page)).toEqual([]);
});

test.describe(() => {
  test.use({ profile: fourThousand });

  test('building a chosen index can be stopped and repeated, and the choice is saved', async ({
    akin,
  }) => {
    const { page } = akin;
    await akin.open();
    await page.evaluate(() => window.akin!.chooseIndex({ kind: 'ivfpq', nlist: 64 }));
    await work(page, 'building');
    await page.evaluate(() => window.akin!.cancelIndexWork());
    await work(page, 'idle');
    await expect.poll(() => sealedKinds(page)).toEqual(['flat']);
    await page.evaluate(() => window.akin!.rebuildIndex());
    await trained(page);
    await page.reload();
    await akin.ready();
    expect(await sealedKinds(page)).toEqual(['ivfpq']);
    expect((await report(page)).choice).toEqual({ kind: 'ivfpq', nlist: 64 });
    const refused = await page.evaluate(() =>
      window.akin!.chooseIndex({ kind: 'pq', M: 7 }).catch((error) => error.code as string),
    );
    expect(refused).toBe('invalid-argument');
  });
});
