import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/akin.ts';
import { look } from './fixtures/axe.ts';
import { sampleFiles } from './fixtures/pictures.ts';

const FOLDER = join('..', 'shared', 'data', 'models', 'mobilenet_v1_trunk');
const MODEL = join(FOLDER, 'model.json');
const WEIGHTS = join(FOLDER, 'weights.bin');
const PHOTOS = 12;
const NAME = 'MobileNet, cut';

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const radio = (page: Page, name: string) =>
  page.getByRole('radio', { name: new RegExp(`^${name}`) });
const chosen = (page: Page) =>
  page.evaluate(async () => (await window.akin!.models.list()).find((each) => each.isChosen)!);

/** Waits until all photos have moved to a model, with no vectors of another left. */
async function moved(page: Page, kind: 'built-in' | 'user'): Promise<void> {
  const now = () =>
    page.evaluate(async () => {
      const { moving, models } = window.akin!;
      const [{ from }, list] = await Promise.all([moving.report(), models.list()]);
      const { kind: is, photos } = list.find((each) => each.isChosen)!;
      return { is, photos, from, state: moving.work.get().state };
    });
  await expect.poll(now).toEqual({ is: kind, photos: PHOTOS, from: [], state: 'idle' });
}

test('a user’s own model can be tested, added, used, switched away from and removed', async ({
  akin,
  page,
}) => {
  if (!existsSync(MODEL)) console.log(`Skipped: ${MODEL} not found.`);
  test.skip(!existsSync(MODEL), `${MODEL} not found.`);
  await akin.open();
  await akin.bringIn(await sampleFiles(PHOTOS));
  const [first] = await akin.list();
  await button(page, 'Settings').click();
  await page.getByRole('tab', { name: 'Advanced' }).click();
  await button(page, 'Add your own model…').click();
  const dialog = page.getByRole('dialog', { name: 'Add your own model' });
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused();

  // A model without its weights is incomplete; choosing them completes it.
  const files = page.getByTestId('model-input');
  await files.setInputFiles(MODEL);
  const error = page.getByTestId('trial-error');
  await expect(error).toHaveAttribute('data-code', 'model-incomplete');
  await expect(error).toContainText('weights.bin');
  await expect(error).toBeFocused();
  await look(page, 'model without its weights');
  await files.setInputFiles(WEIGHTS);
  await expect(page.getByRole('heading', { name: 'Set up the model' })).toBeFocused();
  const facts = page.getByTestId('model-facts');
  await expect(facts).toContainText('TensorFlow.js layers model, 8.7 MB');
  await expect(facts).toContainText('224 × 224 pixels');
  await expect(page.getByLabel('Layer', { exact: true })).toHaveValue(/conv_pw_12_relu/);
  await page.getByLabel('Pixel values').selectOption({ label: '−1 to 1 (recommended)' });
  await look(page, 'setting up a model');

  // Stopping the test keeps the choices.
  await page.getByLabel('Framing').selectOption('squash');
  await button(page, 'Test on your photos').click();
  await button(page, 'Stop').click();
  await expect(page.getByLabel('Framing')).toHaveValue('squash');
  await page.getByLabel('Framing').selectOption('crop');
  await button(page, 'Test on your photos').click();
  await expect(page.getByRole('heading', { name: 'Compare results' })).toBeFocused();
  const rows = page.getByTestId('trial-query');
  await expect(rows).toHaveCount(10);
  for (const title of ['Standard', 'Your model']) {
    const lane = rows.first().getByRole('list', { name: title }).getByRole('img');
    await expect(lane).toHaveCount(4);
  }
  await expect(page.getByTestId('trial-figures')).toContainText('1,024 numbers');
  await expect(page.getByTestId('trial-figures')).toContainText(`${PHOTOS} photos`);
  await look(page, 'comparing two models');

  // A paused move can be reverted.
  await page.evaluate(() => window.akin!.moving.pause());
  await page.getByLabel('Name', { exact: true }).fill(NAME);
  await button(page, 'Add and use').click();
  const move = page.getByTestId('move-section');
  await expect(move).toContainText(`Switching to ${NAME} is paused`);
  expect((await chosen(page)).title).toBe(NAME);
  await look(page, 'settings, switching to another model');
  await button(page, 'Go back to Standard').click();
  await expect(move).toHaveCount(0);
  // The clicked button is gone, so the model in use gets the focus.
  await expect(radio(page, 'Standard')).toBeChecked();
  await expect(radio(page, 'Standard')).toBeFocused();
  await page.evaluate(() => window.akin!.moving.resume());

  // Switch to the model, and search with it.
  await radio(page, NAME).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(`Akin analyzes ${PHOTOS} photos again`);
  await button(page, 'Switch').click();
  await moved(page, 'user');
  expect(await chosen(page)).toMatchObject({ title: NAME, kind: 'user', d: 1024 });
  const answer = await page.evaluate((id) => window.akin!.search(id), first!.id);
  expect(answer.hits).toHaveLength(PHOTOS - 1);
  // It has a feature map, so results can be explained.
  const heat = await page.evaluate(
    async ([photo, id]) => {
      const { query, result } = await window.akin!.explain(
        { terms: [{ photo: photo! }] },
        { id: id! },
      );
      return { cells: [result.width, result.height], weights: [...query.weights] };
    },
    [first!.id, answer.hits[0]!.id],
  );
  expect(heat.cells).toEqual([7, 7]);
  expect(Math.max(...heat.weights)).toBeGreaterThan(0);

  await radio(page, 'Standard').click();
  await button(page, 'Switch').click();
  await moved(page, 'built-in');
  await expect(radio(page, 'Standard')).toBeChecked();
  await button(page, `Remove ${NAME}`).click();
  await expect(question).toContainText('8.7 MB');
  await button(page, 'Remove').click();
  await expect(radio(page, NAME)).toHaveCount(0);
  await expect(radio(page, 'Standard')).toBeFocused();
  const left = await page.evaluate(() => window.akin!.models.list());
  expect(left.filter(({ kind }) => kind === 'user')).toEqual([]);
});
