import type { LabIndex } from '../src/protocol/index.ts';
import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation, look } from './fixtures/axe.ts';
import { expectOwnNumbers, figure, openChapter, runPrintedCall } from './fixtures/lab.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

test('cells and codes: residuals, a search of codes, and its reranking', async ({ akin, page }) => {
  await akin.open();
  await openChapter(page, 'cells-and-codes', 1);
  await look(page, 'residuals in the Lab');
  await expectOwnNumbers(page);

  await openChapter(page, 'cells-and-codes', 4);
  const { structure } = await runPrintedCall<LabIndex>(page);
  await page.getByText('Show as a table').click();
  const cells = Object.values(structure.cells!.starts).length - 1;
  await expect(page.getByTestId('lab-facts').locator('tbody tr')).toHaveCount(cells);

  await openChapter(page, 'cells-and-codes', 5);
  const one = await expectOwnNumbers(page);
  const found = new Set(Object.values(one.ids));
  const missed = Object.values(one.truth).filter((id) => !found.has(id));
  await expect(page.getByTestId('lab-photo-missed')).toHaveCount(missed.length);
  const opened = one.trace.filter((step) => step.step === 'cell').length;
  await expect(figure(page, 'cells')).toHaveText(`${opened} of ${cells}`);

  await openChapter(page, 'cells-and-codes', 99);
  const reranked = await expectOwnNumbers(page);
  await expect(figure(page, 'reranked')).toHaveText(String(reranked.stats.reranked));
  await page.getByText('Show as a table').click();
  const rows = page.getByTestId('lab-facts').locator('tbody tr');
  await expect(rows).toHaveCount(Object.values(reranked.ids).length);
  await expectNoViolation(page, 'reranking in the Lab');

  await page.getByTestId('lab-use').click();
  await expect(page.getByText('Your library uses this')).toBeVisible();
  const { choice } = await page.evaluate(() => window.akin!.index());
  expect(choice).toEqual({ kind: 'ivfpq' });
});
