import type { LabAnswer } from '../src/protocol/index.ts';
import { expect, test } from './fixtures/akin.ts';
import { look } from './fixtures/axe.ts';
import { expectOwnNumbers, figure, openChapter, runPrintedCall } from './fixtures/lab.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

test('hashing: the buckets drawn are those that the search opened', async ({ akin, page }) => {
  await akin.open();
  for (const step of [2, 10]) {
    await openChapter(page, 'hashing', step);
    const { trace, truth, ids } = await expectOwnNumbers(page);
    const opened = trace.filter((each) => each.step === 'bucket');
    await expect(figure(page, 'buckets')).toHaveText(new RegExp(`^${opened.length} of`));
    const found = Object.values(ids);
    const missed = Object.values(truth).filter((id) => !found.includes(id));
    await expect(page.getByTestId('lab-photo-missed')).toHaveCount(missed.length);
    await page.getByText('Show as a table').click();
    const filled = opened.filter(({ ids: some }) => Object.keys(some).length > 0);
    await expect(page.getByRole('cell', { name: 'Opened' })).toHaveCount(filled.length);
  }
  await look(page, 'the buckets of the Lab');

  // Random codes, then learned ones.
  await openChapter(page, 'hashing', 15);
  await expect(page.getByTestId('lab-step')).toHaveText('Learned codes of 32 bits');
  const { stats } = await runPrintedCall<LabAnswer>(page);
  expect(stats.codesScanned).toBe(39);
  await look(page, 'the codes of the Lab');
  await page.getByTestId('lab-use').click();
  await expect(page.getByText('Your library uses this')).toBeVisible();
  expect(await page.evaluate(async () => (await window.akin!.index()).choice.kind)).toBe('itq');
});
