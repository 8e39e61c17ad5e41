import type { Locator } from '@playwright/test';
import { AkinPage, expect, test } from './fixtures/akin.ts';
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
  await expect(panel.getByTestId('teaching-source').first()).toContainText(
    '3 items with 15 photos',
  );
  await expect(panel.getByTestId('teach-labels')).toContainText('3 groups with 15 photos');
  await expect(panel.getByTestId('teach-labels')).toContainText('at least 4 groups');
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
  // The map of what it didn't learn from, before and after.
  const maps = result.getByTestId('teach-maps');
  await maps.getByText('After', { exact: true }).click();
  await expect(maps.getByRole('img', { name: /after learning/ })).toBeVisible();

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

/** Answers the question that is shown, and waits for the next one. */
async function press(game: Locator, key: string): Promise<void> {
  const pair = game.getByTestId('pair');
  const before = await pair.getAttribute('data-pair');
  await game.press(key);
  await expect(pair).not.toHaveAttribute('data-pair', before!);
}

test('pairs of photos are answered, taken back, kept, shared by tabs and exported', async ({
  akin,
  page,
  context,
}) => {
  await akin.open();
  await akin.bringIn(await sampleFiles(20));
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('dialog').getByRole('tab', { name: 'Advanced' }).click();
  await page.getByRole('button', { name: 'Teach Akin…' }).click();
  const panel = page.getByRole('dialog', { name: 'Teach Akin' });
  await panel.getByRole('button', { name: 'Answer', exact: true }).click();
  const game = page.getByTestId('pair-game');
  await expect(game).toBeFocused();
  await expect(game.getByTestId('pair').getByRole('img')).toHaveCount(2);
  await expectNoViolation(page, 'a question about two photos');

  await press(game, 'a');
  await press(game, 'ArrowLeft');
  await press(game, 's');
  const taken = await game.getByTestId('pair').getAttribute('data-pair');
  await press(game, 'ArrowRight');
  await expect(game.getByTestId('pair-count')).toContainText('3 answers · 2 groups with 4 photos');
  await press(game, 'u');
  await expect(game.getByTestId('pair')).toHaveAttribute('data-pair', taken!);
  await expect(game.getByTestId('pair-count')).toContainText('2 answers · 1 group with 2 photos');
  await game.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('button', { name: 'Answer', exact: true })).toBeFocused();
  await expect(panel.getByTestId('teaching-source').nth(1)).toContainText('2 answers');

  const other = new AkinPage(await context.newPage());
  await other.open();
  const [one, two] = taken!.split(' ').map(Number);
  await other.page.evaluate(([a, b]) => window.akin!.teach.pairs.answer(a, b, false), [
    one!,
    two!,
  ] as const);
  await expect(panel.getByTestId('teaching-source').nth(1)).toContainText('3 answers');
  await other.page.close();

  await page.reload();
  await akin.ready();
  const kept = await page.evaluate(async () => ({
    history: await window.akin!.teach.pairs.history(),
    file: JSON.parse(await window.akin!.teach.pairs.export()),
    labels: [...(await window.akin!.teach.labels()).ids],
  }));
  expect(kept.history.map(({ alike, reverted }) => [alike, reverted])).toEqual([
    [false, false],
    [true, true],
    [false, false],
    [true, false],
  ]);
  expect(kept.labels).toHaveLength(2);
  expect(kept.file).toMatchObject({ format: 'akin-pairs', version: 1 });
  expect(kept.file.entries).toHaveLength(5);

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('dialog').getByRole('tab', { name: 'Advanced' }).click();
  await page.getByRole('button', { name: 'Teach Akin…' }).click();
  await panel.getByRole('button', { name: 'Answers and marks' }).click();
  const entries = page.getByTestId('log-entry');
  await expect(entries).toHaveCount(4);
  await expectNoViolation(page, 'answers about pairs of photos');
  await entries.last().getByRole('button', { name: /^Undo/ }).click();
  await expect(entries.last()).toHaveAttribute('data-reverted');
  expect(await page.evaluate(async () => (await window.akin!.teach.labels()).ids.length)).toBe(0);
});

test('results marked + and − are learned from, until the mark or the setting is taken back', async ({
  akin,
  page,
}) => {
  await akin.open();
  await akin.bringIn(await sampleFiles(12));
  const history = () =>
    page.evaluate(async () =>
      (await window.akin!.teach.pairs.history()).map(({ source, alike, photos, reverted }) => {
        return { source, alike, photos, reverted };
      }),
    );
  await akin.tiles().first().click();
  await page.getByRole('button', { name: 'Search with this photo' }).click();
  const more = page.getByRole('button', { name: 'More like this photo' });
  await akin.includeLessSimilar();
  await more.first().click();
  await expect.poll(history).toMatchObject([{ source: 'mark', alike: true, reverted: false }]);
  await akin.includeLessSimilar();
  await page.getByRole('button', { name: 'Less like this photo' }).last().click();
  await expect
    .poll(history)
    .toMatchObject([{ source: 'mark', alike: false, reverted: false }, { alike: true }]);
  // Not like either of the photos searched for.
  expect((await history())[0]!.photos).toHaveLength(3);

  // Out of the query again: the mark is taken back.
  await page.getByTestId('term').last().press('Delete');
  await expect.poll(async () => (await history())[0]!.reverted).toBe(true);

  await page.evaluate(() => window.akin!.teach.pairs.learnFromMarks(false));
  await akin.includeLessSimilar();
  await more.last().click();
  await expect(page.getByTestId('term')).toHaveCount(3);
  expect(await history()).toHaveLength(2);
  expect(await page.evaluate(async () => (await window.akin!.teach.labels()).ids.length)).toBe(0);
});
