import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { type AkinPage, expect, test } from './fixtures/akin.ts';
import { blocks } from './fixtures/pictures.ts';

/** Imports pictures without EXIF dates, as files last modified on the given dates. */
async function importDated(akin: AkinPage, dates: readonly string[]): Promise<void> {
  const files = await Promise.all(
    dates.map(async (date, i) => ({
      name: `${date}.png`,
      time: new Date(`${date}T12:00`).getTime(),
      base64: (await blocks(7000 + Number(date.replaceAll('-', '')) + i, 120, 50)).toString(
        'base64',
      ),
    })),
  );
  await akin.page.evaluate(
    (all) =>
      window.akin!.importFiles(
        all.map(({ name, time, base64 }) => {
          const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
          return new File([bytes], name, { lastModified: time });
        }),
      ),
    files,
  );
}

const names = (akin: AkinPage) =>
  akin
    .tiles()
    .getByRole('img')
    .evaluateAll((images) => (images as HTMLImageElement[]).map(({ alt }) => alt));

test('the newest photos come first, and Show opens the photos just imported', async ({
  akin,
  page,
}) => {
  // Two of these pictures fill a row; months with fewer may share a heading.
  await page.setViewportSize({ width: 390, height: 844 });
  await akin.open();
  const dates = [
    '2019-05-02',
    '2024-03-01',
    '2021-12-25',
    '2019-05-30',
    '2021-12-24',
    '2024-03-05',
  ];
  await importDated(akin, dates);
  await expect
    .poll(() => names(akin))
    .toEqual(
      dates
        .toSorted()
        .toReversed()
        .map((date) => `${date}.png`),
    );
  const headings = page.getByTestId('grid-heading');
  await expect(headings).toHaveText(['March 2024', 'December 2021', 'May 2019']);
  await expect(page.getByRole('group', { name: 'May 2019' }).getByRole('option')).toHaveCount(2);

  // The viewer uses the same order, whether opened from the gallery or by URL.
  await akin.tiles().nth(3).click();
  await page.keyboard.press('ArrowRight');
  const older = (await akin.list()).find(({ name }) => name === '2019-05-30.png')!;
  await expect(page).toHaveURL(new RegExp(`photo=${older.id}$`));
  await page.reload();
  await akin.ready();
  await page.keyboard.press('ArrowLeft');
  const newer = (await akin.list()).find(({ name }) => name === '2021-12-24.png')!;
  await expect(page).toHaveURL(new RegExp(`photo=${newer.id}$`));
  await page.keyboard.press('Escape');

  // Older photos are inserted at their dates, possibly out of view.
  await importDated(akin, ['2018-01-15', '2020-06-01']);
  await expect(headings).toHaveText([
    'March 2024',
    'December 2021',
    'June 2020',
    'May 2019',
    'January 2018',
  ]);
  await akin.importBar().getByRole('button', { name: 'Show' }).click();
  await expect(headings).toHaveText(['Just imported', 'Imported today']);
  const just = page.getByRole('group', { name: 'Just imported' });
  await expect(just.getByRole('img')).toHaveCount(2);
  expect((await names(akin)).slice(0, 2).sort()).toEqual(['2018-01-15.png', '2020-06-01.png']);
  await expect(akin.importBar()).toHaveCount(0);

  // Show adds a history entry. Back and the Photos link return to the order by date.
  await page.goBack();
  await expect(headings.first()).toHaveText('March 2024');
  await page.getByRole('button', { name: 'Sort' }).click();
  await page.getByRole('menuitemradio', { name: 'Recently imported' }).click();
  await expect(headings.first()).toHaveText('Just imported');
  await page.getByRole('link', { name: 'Photos' }).click();
  await expect(headings.first()).toHaveText('March 2024');
});

test('the scroll position is kept while newer photos are imported', async ({ akin, page }) => {
  await page.setViewportSize({ width: 390, height: 600 });
  await akin.open();
  await importDated(
    akin,
    Array.from({ length: 24 }, (_, i) => `2019-05-${String(i + 1).padStart(2, '0')}`),
  );
  // The last of them may be shown a moment after they are stored.
  await expect(page.getByTestId('photo-count')).toContainText('24');
  const scroller = page.getByRole('listbox', { name: 'Photos' }).locator('..');
  await scroller.evaluate(async (each) => {
    each.scrollTo(0, 300);
    // Until the rows in view are drawn, and no row moves any more.
    for (let last = ''; ; ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const tiles = [...each.querySelectorAll('[data-testid=photo-tile]')];
      const places = tiles.map((tile) => tile.getBoundingClientRect().top).join();
      if (places !== '' && places === last) return;
      last = places;
    }
  });
  const top = (name: string) =>
    akin
      .tiles()
      .filter({ has: page.getByRole('img', { name, exact: true }) })
      .evaluate((tile) => tile.getBoundingClientRect().top);
  const name = await akin.tiles().evaluateAll((tiles) => {
    const tile = tiles.find((each) => each.getBoundingClientRect().top > 100);
    return tile?.querySelector('img')?.alt ?? '';
  });
  const before = await top(name);
  await importDated(akin, ['2024-03-01', '2024-03-02', '2023-01-01']);
  await expect(page.getByTestId('photo-count')).toContainText('27');
  // The new photos are in other months, so the rows of May don't change.
  expect(await top(name)).toBe(before);
  // The heading of the visible rows is in view.
  const heading = page.getByTestId('grid-heading').filter({ hasText: 'May 2019' });
  await expect(heading).toBeInViewport({ ratio: 1 });
});

test('Escape clears the selection, and selected photos are downloaded together', async ({
  akin,
  page,
}) => {
  await akin.open();
  await importDated(akin, ['2019-05-02', '2024-03-01', '2021-12-24']);
  const count = page.getByTestId('selection-count');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await expect(count).toHaveText('Select photos');
  await page.locator('body').click({ position: { x: 640, y: 700 } });
  await page.keyboard.press('Escape');
  await expect(count).toHaveCount(0);

  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await akin.tiles().first().click();
  await expect(page.getByRole('button', { name: 'Find similar' })).toBeEnabled();
  await akin
    .tiles()
    .last()
    .click({ modifiers: ['Shift'] });
  await expect(count).toHaveText('3 selected');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Akin photos.zip');
  const files = unzipSync(new Uint8Array(await readFile(await download.path())));
  expect(Object.keys(files).sort()).toEqual(['2019-05-02.png', '2021-12-24.png', '2024-03-01.png']);
  const picture = await blocks(7000 + 20240301 + 1, 120, 50);
  expect(Buffer.from(files['2024-03-01.png']!).equals(picture)).toBe(true);

  // On a phone, the actions replace the tabs.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('link', { name: 'People' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Move to Trash' })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name: 'People' })).toBeInViewport({ ratio: 1 });
});
