import type { Page } from '@playwright/test';
import { createPrng } from '../src/base/prng.ts';
import { AppendedCalibration } from '../src/metric/appended.ts';
import { saveCalibration } from '../src/metric/index.ts';
import { AkinPage, expect, test } from './fixtures/akin.ts';
import { sampleFiles } from './fixtures/pictures.ts';

/** What could have been learned in a space: another order of its photos. */
function learned(spaceId: string, d: number, seed: number): number[] {
  const prng = createPrng(seed);
  const r = 8;
  const appendix = {
    ...{ method: 'ridge' as const, d, r, mean: new Float32Array(d), whitening: null },
    W: Float32Array.from({ length: r * d }, () => prng.normal()),
    centers: new Float32Array(0),
    priors: new Float32Array(r).fill(0.5),
  };
  return [...new Uint8Array(saveCalibration(new AppendedCalibration(appendix, 2), spaceId))];
}

const adopt = (page: Page, bytes: readonly number[], title: string) =>
  page.evaluate(
    ([calibration, name]) => window.akin!.teach.adopt(Uint8Array.from(calibration).buffer, name),
    [bytes, title] as const,
  );
const list = (page: Page) => page.evaluate(() => window.akin!.teach.calibrations());
const choose = (page: Page, id: string | null) =>
  page.evaluate((chosen) => window.akin!.teach.choose(chosen), id);
const found = (page: Page, id: number) =>
  page.evaluate(async (photo) => {
    const { hits } = await window.akin!.search(photo, { k: 50 });
    const terms = [{ photo }];
    const answer = await window.akin!.query({ terms });
    return { hits, queried: answer.ranked ? answer.hits.map((hit) => hit.id) : [] };
  }, id);

test('what was learned becomes a space that is chosen, grows and is left again, in all tabs', async ({
  akin,
  page,
  context,
}) => {
  const paths = await sampleFiles(24);
  await akin.open();
  await akin.choose(paths.slice(0, 20));
  await akin.ready();
  const { spaceId, d } = (await akin.stats()).index;
  const [first] = await akin.list();
  const before = await found(page, first!.id);

  const mine = await adopt(page, learned(spaceId, d, 1), 'Mine');
  await adopt(page, learned(spaceId, d, 2), 'Another');
  await expect.poll(async () => (await list(page)).every(({ isReady }) => isReady)).toBe(true);
  expect(await list(page)).toMatchObject([{ title: 'Another' }, { title: 'Mine', photos: 20 }]);
  expect(await found(page, first!.id)).toEqual(before);

  const other = new AkinPage(await context.newPage());
  await other.open();
  await choose(page, mine.id);
  const after = await found(page, first!.id);
  expect(after.hits.map(({ id }) => id)).not.toEqual(before.hits.map(({ id }) => id));
  await expect.poll(() => found(other.page, first!.id)).toEqual(after);

  // Photos imported by either tab are found by what was learned, in both.
  await other.choose(paths.slice(20));
  await other.ready();
  await expect.poll(async () => (await list(page)).map(({ photos }) => photos)).toEqual([24, 24]);
  await expect.poll(async () => (await found(page, first!.id)).hits).toHaveLength(23);
  const grown = await found(page, first!.id);
  await expect.poll(() => found(other.page, first!.id)).toEqual(grown);
  await other.page.close();

  // It is still in use at the next visit.
  await page.reload();
  await akin.ready();
  expect((await list(page))[0]).toMatchObject({ id: mine.id, isChosen: true });
  expect(await found(page, first!.id)).toEqual(grown);

  await choose(page, null);
  const added = (await akin.list()).slice(20).map(({ id }) => id);
  const back = (await found(page, first!.id)).hits.filter(({ id }) => !added.includes(id));
  expect(new Set(back.map(({ id, cosine }) => `${id} ${cosine}`))).toEqual(
    new Set(before.hits.map(({ id, cosine }) => `${id} ${cosine}`)),
  );
  await page.evaluate((id) => window.akin!.teach.remove(id), mine.id);
  expect(await list(page)).toMatchObject([{ title: 'Another', isChosen: false }]);
});
