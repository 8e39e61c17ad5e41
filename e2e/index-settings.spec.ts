import { expect, test } from './fixtures/akin.ts';
import { look } from './fixtures/axe.ts';
import { IndexSettings } from './fixtures/indexSettings.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

/** Number of photos in the profile. */
const PHOTOS = 40;

test.use({ profile: fortyBlocks });

test.beforeEach(async ({ akin }) => {
  await akin.open();
  await akin.expectPhotos(PHOTOS);
});

test('another index type can be chosen, built and checked, and is saved', async ({
  akin,
  page,
}) => {
  const settings = new IndexSettings(akin);
  await settings.open();
  await expect(settings.figures).toContainText('Flat');
  await expect(settings.figures).toContainText(`${PHOTOS} photos`);
  await expect(settings.kind('automatic')).toBeChecked();
  const query = (await akin.list())[0]!.id;
  const search = async () => {
    const { hits } = await page.evaluate((id) => window.akin!.search(id, { k: 10 }), query);
    return hits.toSorted((a, b) => b.cosine - a.cosine);
  };
  const exact = await search();

  await settings.kind('ivf').check();
  await settings.panel.getByText('Parameters').click();
  await settings.panel.getByLabel('Cells', { exact: true }).selectOption('4');
  await settings.button('Use IVF').click();
  await expect(settings.kind('ivf')).toBeFocused();
  await settings.built();
  await expect(settings.figures).toContainText('IVF, 4 cells');
  const { choice, segments } = await settings.report();
  expect(choice).toEqual({ kind: 'ivf', nlist: 4 });
  expect(segments.map(({ kind }) => kind)).toContain('ivf');
  expect(segments.reduce((sum, { vectors }) => sum + vectors, 0)).toBe(PHOTOS);
  expect((await search())[0]).toEqual(exact[0]);

  await expect(settings.figures).toContainText('Not checked');
  await settings.button('Check').click();
  await expect(settings.figures).toContainText(/\d% of the 10 nearest photos found/);
  const { quality } = await settings.report();
  expect(quality!.vectors).toBe(PHOTOS);
  expect(quality!.recall10).toBeGreaterThan(0.3);
  const shown = `${Math.floor(quality!.recall10 * 1000 + 1e-6) / 10}%`;
  await expect(settings.figures).toContainText(shown);

  await page.reload();
  await akin.ready();
  await settings.open();
  await expect(settings.kind('ivf')).toBeChecked();
  await expect(settings.figures).toContainText('IVF, 4 cells');
  await expect(settings.figures).toContainText(shown);

  await settings.button('Rebuild').click();
  await settings.built();
  await expect(settings.figures).toContainText('IVF, 4 cells');

  // Cancel another choice, then return to Automatic.
  await settings.kind('lopq').check();
  await settings.button('Cancel').click();
  await expect(settings.kind('ivf')).toBeChecked();
  await settings.kind('automatic').check();
  await settings.button('Use Automatic').click();
  await settings.built();
  await expect(settings.figures).toContainText('Flat');
  expect((await settings.report()).choice).toEqual({ kind: 'automatic' });
  expect(await search()).toEqual(exact);
});

test('a k-d tree finds exactly the same photos, and a forest most', async ({ akin, page }) => {
  const settings = new IndexSettings(akin);
  const query = (await akin.list())[0]!.id;
  const search = async () => {
    const { hits } = await page.evaluate((id) => window.akin!.search(id, { k: 10 }), query);
    return hits.map(({ id }) => id);
  };
  const exact = await search();
  await settings.open();

  await settings.kind('kdtree').check();
  await settings.panel.getByText('Parameters').click();
  await settings.panel.getByLabel('Photos per leaf', { exact: true }).selectOption('8');
  await settings.button('Use k-d tree').click();
  await settings.built();
  await expect(settings.figures).toContainText('k-d tree, up to 8 photos per leaf');
  expect((await settings.report()).choice).toEqual({ kind: 'kdtree', leafSize: 8 });
  expect(await search()).toEqual(exact);

  await settings.kind('forest').check();
  await settings.panel.getByText('Parameters').click();
  await settings.panel.getByLabel('Trees', { exact: true }).selectOption('5');
  await settings.panel.getByLabel('Photos per leaf', { exact: true }).selectOption('8');
  await settings.button('Use Forest').click();
  await settings.built();
  await expect(settings.figures).toContainText('Forest, 5 trees · up to 8 photos per leaf');
  const found = new Set(await search());
  expect(exact.filter((id) => found.has(id)).length).toBeGreaterThanOrEqual(8);
});

test('measuring the library continues while Settings is closed', async ({ akin, page }) => {
  const settings = new IndexSettings(akin);
  await settings.open();
  await settings.button('Measure').click();
  await settings.close();
  await settings.open();
  await expect(settings.button('Measure again')).toBeVisible({ timeout: 480_000 });

  const groups = settings.table.getByRole('rowheader');
  await expect(groups.first()).toContainText('Flat');
  for (const name of ['IVF', 'PQ', 'OPQ', 'IVF-PQ', 'LOPQ', 'k-d tree', 'Forest', 'HNSW']) {
    await expect(groups.filter({ hasText: new RegExp(`^\\s*${name}`) })).not.toHaveCount(0);
  }
  // Exact search has 100% recall, no type has more, and each shows a time.
  const rows = await settings.table.locator('tbody tr:has(td)').allInnerTexts();
  expect(rows.length).toBeGreaterThan(6);
  expect(rows[0]).toMatch(/All photos\s+100%\s+[\d.]+\sms/);
  for (const row of rows) expect(row).toMatch(/\s(100|\d\d?(\.\d)?)%\s+[\d.]+\s(ms|s)$/);

  // The index type shows the measured recall.
  await expect(settings.panel.getByTestId('index-flat')).toContainText(
    /Measured with your photos: .*100% recall/,
  );

  const chart = settings.panel.getByRole('img', {
    name: /^Chart of recall by search time\. Flat: 100%/,
  });
  await expect(chart).toBeVisible();
  const drawn = await chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const colors = new Set<number>();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 255) colors.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
    }
    return colors.size;
  });
  expect(drawn).toBeGreaterThan(6);
  await chart.scrollIntoViewIfNeeded();
  const over = (await chart.locator('.u-over').boundingBox())!;
  // Flat search has 100% recall, so moving along that line reaches its point.
  const tip = settings.panel.locator('.recall-tip');
  for (let step = 0; step <= 40 && !(await tip.isVisible()); step++) {
    await page.mouse.move(over.x + (over.width * step) / 40, over.y + 8);
  }
  await expect(tip).toContainText(/% in [\d.]+\s(ms|s)/);

  // Measuring doesn't change the index in use.
  const { choice, segments } = await settings.report();
  expect(choice).toEqual({ kind: 'automatic' });
  for (const { kind } of segments) expect(kind).toBe('flat');

  await settings.table.scrollIntoViewIfNeeded();
  await look(page, 'measured library');
  await settings.button('Measure again').click();
  await settings.button('Stop').click();
  await expect(settings.panel.getByText('Stopped.')).toBeVisible();
  await expect(settings.button('Measure again')).toBeFocused();
});

test('index work in another tab is shown, and the focus is not lost when it ends', async ({
  akin,
  page,
}) => {
  const settings = new IndexSettings(akin);
  await settings.open();
  const work = { state: 'building', kind: 'lopq', vectors: 1234, stage: 'training' } as const;
  await settings.workElsewhere({ ...work, share: 0.42 });
  await expect(settings.work).toContainText('Building LOPQ index for 1,234 photos');
  await expect(settings.work.getByRole('progressbar')).toHaveAttribute(
    'aria-valuetext',
    'Learning from your photos · 42%',
  );
  await expect(settings.button('Rebuild')).toBeDisabled();
  await settings.work.getByRole('button', { name: 'Stop' }).focus();
  await settings.endElsewhere();
  await page.keyboard.press('Tab');
  await expect(settings.button('Check')).toBeFocused();

  await settings.tell({ state: 'failed', code: 'out-of-memory', message: 'No memory is left.' });
  await expect(settings.work.getByRole('alert')).toContainText('There isn’t enough memory.');
  await settings.work.getByRole('button', { name: 'Try again' }).focus();
  await settings.tell({ state: 'idle' });
  await expect(settings.work).toHaveCount(0);
  await page.keyboard.press('Tab');
  await expect(settings.button('Check')).toBeFocused();
});
