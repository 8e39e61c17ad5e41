import type { LabAnswer } from '../src/protocol/index.ts';
import { expect, test } from './fixtures/akin.ts';
import { look } from './fixtures/axe.ts';
import { expectOwnNumbers, figure, openChapter, runPrintedCall } from './fixtures/lab.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

const missedOf = ({ truth, ids }: LabAnswer) =>
  Object.values(truth).filter((id) => !Object.values(ids).includes(id)).length;

test('trees: the leaves drawn are those that the search opened', async ({ akin, page }) => {
  await akin.open();
  for (const [chapter, step] of [
    ['kd-tree', 7],
    ['kd-tree', 14],
    ['forest', 4],
  ] as const) {
    await openChapter(page, chapter, step);
    const answer = await expectOwnNumbers(page);
    const leaves = answer.trace.filter((each) => each.step === 'leaf').length;
    expect(leaves).toBe(answer.stats.cellsVisited);
    await expect(figure(page, 'leaves')).toHaveText(new RegExp(`^${leaves}\\b`));
    await expect(page.getByTestId('lab-photo-missed')).toHaveCount(missedOf(answer));
    await page.getByText('Show as a table').click();
    await expect(page.getByTestId('lab-facts').locator('tbody tr')).toHaveCount(leaves);
    // Without a limit, a k-d tree misses nothing.
    if (step === 14) await expect(figure(page, 'recall')).toHaveText('100%');
  }
  await look(page, 'the forest of the Lab');
  await openChapter(page, 'kd-tree', 15);
  await expect(page.getByTestId('lab-visited').first()).toContainText('leaves');
  await look(page, 'how much of a tree is opened');
  await page.getByTestId('lab-use').click();
  await expect(page.getByText('Your library uses this')).toBeVisible();
  expect(await page.evaluate(async () => (await window.akin!.index()).choice.kind)).toBe('kdtree');
});

test('graph: the hops drawn are those of the search', async ({ akin, page }) => {
  await akin.open();
  await openChapter(page, 'graph', 1);
  await expect(page.getByTestId('lab-step')).toHaveText(/^Layer \d/);
  await openChapter(page, 'graph', 15);
  const answer = await expectOwnNumbers(page);
  const hops = answer.trace.filter((each) => each.step === 'hop').length;
  await expect(figure(page, 'hops')).toHaveText(String(hops));
  await page.getByText('Show as a table').click();
  await expect(page.getByTestId('lab-facts').locator('tbody tr')).toHaveCount(hops);
  await expect(page.getByTestId('lab-photo-missed')).toHaveCount(missedOf(answer));
  // More candidates never find less.
  await openChapter(page, 'graph', 18);
  const more = await runPrintedCall<LabAnswer>(page);
  expect(more.recall).toBeGreaterThanOrEqual(answer.recall);
  await look(page, 'the graph of the Lab');
});
