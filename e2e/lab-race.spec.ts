import type { LabAnswer, LabMeasure } from '../src/protocol/index.ts';
import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation, look } from './fixtures/axe.ts';
import { figure, openChapter, runPrintedCall, shownStep } from './fixtures/lab.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

test('race: two types are shown as their searches went', async ({ akin, page }) => {
  await akin.open();
  await openChapter(page, 'race', 1);
  await page.getByLabel('First type').selectOption('IVF');
  await shownStep(page, 'race');
  await look(page, 'the race of the Lab');
  const answers = await runPrintedCall<readonly LabAnswer[]>(page);
  const [first, second] = answers.map(({ stats }) => stats.codesScanned);
  await expect(figure(page, 'codes')).toHaveText(`${first} vectors / ${second} vectors`);
  for (const [side, { ids, truth, trace, stats }] of answers.entries()) {
    const found = new Set(Object.values(ids));
    const missed = Object.values(truth).filter((id) => !found.has(id));
    const shown = page.getByTestId(`race-side-${side}`).getByTestId('lab-photo-missed');
    await expect(shown).toHaveCount(missed.length);
    const scans = trace.map((step) => (step.step === 'scan' ? step.scanned : 0));
    expect(scans.reduce((a, b) => a + b, 0)).toBe(stats.codesScanned);
  }
  await page.getByTestId('race-side-1').getByTestId('lab-use').click();
  await expect(page.getByTestId('race-side-1').getByTestId('lab-use')).toContainText(
    'Your library uses this',
  );
  expect(await page.evaluate(async () => (await window.akin!.index()).choice)).toEqual({
    kind: 'ivfpq',
  });
});

test('race: one type after the other is measured, and each point is a button', async ({
  akin,
  page,
}) => {
  await akin.open();
  await openChapter(page, 'race', 4);
  const status = page.getByTestId('lab-status');
  expect(Number(await status.getAttribute('data-total'))).toBeGreaterThanOrEqual(7);
  // Some take long to learn: these do to see how it works.
  await expect.poll(async () => Number(await status.getAttribute('data-done'))).toBeGreaterThan(3);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(status).toContainText('Stopped after');
  const points = page.getByTestId('race-point');
  const searches = await points.count();
  expect(searches).toBeGreaterThanOrEqual(4);
  await look(page, 'all types of the race');
  await page.getByText('Show as a table').click();
  await expect(page.getByTestId('lab-facts').getByTestId('lab-use')).toHaveCount(searches);

  // The last is reached by the keyboard; its numbers are those of the call that is printed.
  await points.last().focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  const [row] = await runPrintedCall<LabMeasure[]>(page);
  await expect(figure(page, 'codes')).toHaveText(`${Math.round(row!.codesScanned)} vectors`);
  await expect(figure(page, 'recall')).toHaveText(`${Math.floor(1000 * row!.recall + 1e-6) / 10}%`);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your library uses this').first()).toBeVisible();
  const { choice } = await page.evaluate(() => window.akin!.index());
  expect(choice).toEqual({ kind: row!.spec.kind });

  // The other axis shows the same searches.
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByTestId('lab-step')).toHaveText('All types by memory');
  await expect(points).toHaveCount(searches);
  await expectNoViolation(page, 'the race by memory');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(status).toContainText('Measuring');
});

test('race: leaving it stops the measuring', async ({ akin, page }) => {
  await akin.open();
  await openChapter(page, 'race', 4);
  await expect(page.getByTestId('lab-status')).toContainText('Measuring');
  await page.getByRole('button', { name: 'Step back' }).click();
  await shownStep(page, 'race');
  expect(await page.evaluate(() => window.akin!.lab.work.get().state)).toBe('idle');
});
