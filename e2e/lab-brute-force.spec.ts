import type { LabScanTimes } from '../src/protocol/index.ts';
import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation, look } from './fixtures/axe.ts';
import { expectOwnNumbers, figure, openChapter, runPrintedCall } from './fixtures/lab.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

/** Steps: ever more photos, times measured, times extended. */
const [ALL, MEASURED, EXTENDED] = [10, 11, 12];

test('brute force: compares ever more photos until nothing is missed, and the library can use it', async ({
  akin,
  page,
}) => {
  await akin.open();
  for (const step of [2, ALL]) {
    await openChapter(page, 'brute-force', step);
    await expect(page.getByTestId('lab-step')).toHaveText(`${4 * step} of 40 photos compared`);
    const answer = await expectOwnNumbers(page);
    expect(answer.stats.codesScanned).toBe(step === ALL ? 39 : 8);
    const found = Object.values(answer.ids);
    const missed = Object.values(answer.truth).filter((id) => !found.includes(id));
    await expect(page.getByTestId('lab-photo-missed')).toHaveCount(missed.length);
    await page.getByText('Show as a table').click();
    await expect(page.getByTestId('lab-facts').locator('tbody tr')).toHaveCount(found.length);
  }
  await expect(figure(page, 'recall')).toHaveText('100%');
  await look(page, 'brute force in the Lab');

  await openChapter(page, 'brute-force', MEASURED);
  const { points } = await runPrintedCall<LabScanTimes>(page);
  expect(points.map(({ photos }) => photos)).toEqual([5, 10, 15, 20, 25, 30, 35, 40]);
  await page.getByText('Show as a table').click();
  const rows = page.getByTestId('lab-facts').locator('tbody tr');
  await expect(rows).toHaveCount(8);
  await expect(rows.last()).toHaveText(/^40[\d.]+\sms.*Measured$/);
  await openChapter(page, 'brute-force', EXTENDED);
  // Forty photos may take no longer than five.
  await expect(page.locator('.lab-said')).toHaveText(
    /^At 1,000,000 photos: .+, if the time|^40 photos are too few/,
  );
  await look(page, 'times in the Lab');

  await page.getByTestId('lab-use').click();
  await expect(page.getByText('Your library uses this')).toBeVisible();
  expect(await page.evaluate(async () => (await window.akin!.index()).choice)).toEqual({
    kind: 'flat',
  });
  await expectNoViolation(page, 'the Lab');
});
