import type { LabErrors, LabMeasure } from '../src/protocol/index.ts';
import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation, look } from './fixtures/axe.ts';
import { expectOwnNumbers, figure, openChapter, runPrintedCall } from './fixtures/lab.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

test('LOPQ: a cell turned, its variance, and what codes lose', async ({ akin, page }) => {
  await akin.open();
  await openChapter(page, 'lopq', 2);
  const answer = await expectOwnNumbers(page);
  const cell = answer.trace.find((step) => step.step === 'cell')!;
  await expect(figure(page, 'photos')).toHaveText(String(Object.values(cell.ids).length));

  await openChapter(page, 'lopq', 3);
  await look(page, 'variance in the Lab');
  const spread = await runPrintedCall<{ count: number }>(page);
  await expect(figure(page, 'photos')).toHaveText(String(spread.count));

  await openChapter(page, 'lopq', 4);
  const { l2sq } = await runPrintedCall<LabErrors>(page);
  const errors = Object.values(l2sq);
  const mean = errors.reduce((sum, x) => sum + x, 0) / errors.length;
  const shown = Number(await figure(page, 'error-lopq').textContent());
  expect(shown / mean).toBeCloseTo(1, 2);
  await expectNoViolation(page, 'errors in the Lab');
});

test('LOPQ: recall of codes of equal size, one type after the other', async ({ akin, page }) => {
  await akin.open();
  await openChapter(page, 'lopq', 5);
  const status = page.getByTestId('lab-status');
  await expect.poll(async () => Number(await status.getAttribute('data-done'))).toBe(3);
  await page.getByRole('button', { name: 'Stop' }).click();
  await look(page, 'recall of LOPQ in the Lab');
  const [row] = await runPrintedCall<LabMeasure[]>(page);
  await expect(figure(page, 'first-lopq')).toHaveText(
    `${Math.floor(1000 * row!.recallAt[0]! + 1e-6) / 10}%`,
  );
  await expect(page.getByText('it needs at least')).toBeVisible();
  await page.getByTestId('lab-use').click();
  await expect(page.getByText('Your library uses this')).toBeVisible();
  const { choice } = await page.evaluate(() => window.akin!.index());
  expect(choice).toEqual({ kind: 'lopq' });
});
