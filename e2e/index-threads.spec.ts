import { expect, test } from './fixtures/akin.ts';
import { fill, sealedKinds, trained, work } from './fixtures/indexedLibrary.ts';

test('other cores take part in training, and go when it is done', async ({ akin }) => {
  test.setTimeout(400_000);
  const { page } = akin;
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  test.skip(cores < 2, 'a browser with one core only');
  await akin.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const session = await page.context().browser()!.newBrowserCDPSession();
  const helpers = async () => {
    const { targetInfos } = await session.send('Target.getTargets');
    return targetInfos.filter(({ url }) => url.includes('/assign.worker-')).length;
  };
  expect(await helpers()).toBe(0);
  await fill(akin, 25_000);
  await work(page, 'building');
  await expect.poll(helpers).toBe(Math.min(8, cores) - 1);
  await trained(page);
  expect(await sealedKinds(page)).toEqual(['ivfpq']);
  await expect.poll(helpers).toBe(0);
});
