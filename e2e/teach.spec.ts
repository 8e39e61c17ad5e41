import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation } from './fixtures/axe.ts';
import { sampleFiles } from './fixtures/pictures.ts';

test('Akin learns from items, shows whether it helps, and what it learned is used and left again', async ({
  akin,
  page,
}) => {
  await akin.open();
  await akin.bringIn(await sampleFiles(20));
  // Five photos each, that don’t have much in common: nothing to recommend, but enough to judge.
  const make = (from: number, title: string) =>
    page.evaluate(
      async ([start, name]) => {
        const photos = (await window.akin!.list()).slice(start, start + 5).map(({ id }) => id);
        await window.akin!.items.apply({
          ...{ kind: 'create', title: name, sku: '', link: '', facts: [], photos },
        });
      },
      [from, title] as const,
    );
  for (const from of [0, 5, 10]) await make(from, `Item ${from}`);
  await page.getByRole('navigation', { name: 'Main' }).getByText('Items').click();
  await page.getByRole('button', { name: 'Teach Akin' }).click();
  const panel = page.getByRole('dialog', { name: 'Teach Akin' });
  await expect(panel.getByTestId('teach-labels')).toContainText('3 items with 15 photos');
  await expect(panel.getByTestId('teach-labels')).toContainText('at least 4 items');
  await expect(panel.getByRole('button', { name: 'Learn' })).toHaveCount(0);

  await make(15, 'Item 15');
  await panel.getByRole('button', { name: 'Learn' }).click();
  await panel.getByRole('button', { name: 'Stop' }).click();
  await expect(panel.getByTestId('teach-work')).toHaveCount(0);
  await panel.getByRole('button', { name: 'Learn' }).click();
  const result = panel.getByTestId('teach-result');
  await expect(result.getByRole('heading').first()).toBeFocused();
  await expect(result.getByRole('row')).toContainText(['Before', 'First result right']);
  await result.getByText('All methods').click();
  await expect(result.getByText('Trained with triplets')).toBeVisible();
  await expectNoViolation(page, 'what learning would help');

  await result.getByRole('button', { name: /^Keep/ }).click();
  const kept = panel.getByTestId('calibration');
  await kept.getByRole('button', { name: 'Use', exact: true }).click();
  await expect(kept).toContainText('In use');
  await expectNoViolation(page, 'what Akin has learned');
  await kept.getByRole('button', { name: 'Stop using' }).click();
  await kept.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await expect(kept).toHaveCount(0);
});
