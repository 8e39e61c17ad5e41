import type { LabCentroids, LabCodebook } from '../src/protocol/index.ts';
import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation, look } from './fixtures/axe.ts';
import { expectOwnNumbers, figure, openChapter, runPrintedCall } from './fixtures/lab.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

/** Steps of forty photos: the cut, four sub-vectors, codes of 4 to 64 bytes, centroids needed. */
const [PART, BYTES, NEEDED] = [2, 6, 11];

test('codes: centroids, results and ghosts are those of the printed calls', async ({
  akin,
  page,
}) => {
  await akin.open();
  await openChapter(page, 'codes');
  await expect(page.getByTestId('lab-step')).toHaveText('Cut into 16 sub-vectors');
  await look(page, 'the cut vector of the Lab');

  await openChapter(page, 'codes', PART + 1);
  const book = await runPrintedCall<LabCodebook>(page);
  expect(book).toMatchObject({ m: 1, M: 16, ksub: 16 });
  await expect(figure(page, 'code')).toHaveText(String(book.code));
  const shown = page.locator('.lab-centroids > li');
  await expect(shown).toHaveCount(book.centroids.length);
  await expect(shown.first()).toHaveAttribute('data-used', 'true');
  await look(page, 'centroids of the Lab');

  for (const [step, bytes] of [
    [BYTES, 4],
    [BYTES + 4, 64],
  ] as const) {
    await openChapter(page, 'codes', step);
    await expect(page.getByTestId('lab-step')).toHaveText(`${bytes} bytes per code`);
    const answer = await expectOwnNumbers(page);
    const [found, truth] = [Object.values(answer.ids), Object.values(answer.truth)];
    const missed = truth.filter((id) => !found.includes(id));
    const ghosts = page.getByTestId('lab-photo-missed');
    await expect(ghosts).toHaveCount(missed.length);
    for (const ghost of await ghosts.all()) {
      await expect(ghost).toHaveAttribute('title', /^Rank \d+ by code$/);
    }
    const row = page.getByRole('region', { name: 'Codes alone' });
    await expect(row.locator('li[data-near]')).toHaveCount(truth.length - missed.length);
    await page.getByText('Show as a table').click();
    await expect(page.getByTestId('lab-facts').locator('tbody tr')).toHaveCount(39);
  }
  await look(page, 'codes alone in the Lab');
});

test('codes: centroids are counted, and the library can use codes', async ({ akin, page }) => {
  await akin.open();
  await openChapter(page, 'codes', NEEDED);
  const { rows, aim } = await runPrintedCall<LabCentroids>(page);
  for (const kind of ['kmeans', 'pq'] as const) {
    const own = rows.filter((row) => row.kind === kind);
    const enough = own.filter(({ recall }) => recall >= aim).map(({ centroids }) => centroids);
    const best = own.toSorted((a, b) => b.recall - a.recall)[0]!.centroids;
    await expect(figure(page, kind)).toHaveText(
      enough.length > 0
        ? Math.min(...enough).toLocaleString('en')
        : `More than ${best.toLocaleString('en')}`,
    );
  }
  await page.getByText('Show as a table').click();
  await expect(page.getByTestId('lab-facts').locator('tbody tr')).toHaveCount(rows.length);
  await look(page, 'centroids needed');
  await expectNoViolation(page, 'the Lab');

  await page.getByTestId('lab-use').click();
  await expect(page.getByText('Your library uses this')).toBeVisible();
  expect(await page.evaluate(async () => (await window.akin!.index()).choice)).toEqual({
    kind: 'pq',
  });
});
