import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation } from './fixtures/axe.ts';
import { sampleFiles } from './fixtures/pictures.ts';

test('items are made of photos and lists, identified, undone, and searched for', async ({
  akin,
  page,
}) => {
  await akin.open();
  await akin.bringIn(await sampleFiles(5));
  const nav = page.getByRole('navigation', { name: 'Main' });
  const verdict = page.getByTestId('item-verdict');
  // Without items, nothing of them is in the way.
  await expect(nav.getByText('Items')).toHaveCount(0);

  // From a selection.
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await akin.tiles().nth(0).click();
  await akin.tiles().nth(1).click();
  await page.getByRole('button', { name: 'Same item…' }).click();
  await page.getByRole('searchbox', { name: 'Title or SKU' }).fill('Blue teapot');
  await page.keyboard.press('Enter');
  const title = page.getByTestId('item-title');
  await expect(title).toHaveText('Blue teapot2 photos');
  await expectNoViolation(page, 'an item');

  // Edited; the link opens nothing but web pages.
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByLabel('SKU').fill('T-1');
  await page.getByLabel('Link').fill('javascript:alert(1)');
  await expect(page.getByRole('alert')).toContainText('Enter a web address');
  await page.getByLabel('Link').fill('https://shop.example/teapot');
  await expectNoViolation(page, 'the form of an item');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(title).toHaveText('Blue teapotT-1 · 2 photos');
  const link = page.getByRole('link', { name: 'Open link' });
  await expect(link).toHaveAttribute('href', 'https://shop.example/teapot');
  await expect(link).toHaveAttribute('rel', /noreferrer/);

  // A list adds to it by SKU, in one step, and says what it couldn't use.
  await nav.getByText('Items').click();
  const names = await page.evaluate(async () =>
    (await window.akin!.list()).map(({ name }) => name),
  );
  await page.getByTestId('list-input').setInputFiles({
    name: 'list.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      `file;sku;title;Color\n${names[0]};T-2;Red cup;red\ngone.jpg;T-3;Bowl;\n`,
      'utf16le',
    ),
  });
  const report = page.getByRole('dialog', { name: 'List imported' });
  await expect(report).toContainText('2 new items, none updated, 1 photo added.');
  await expect(report).toContainText('Row 3');
  await expectNoViolation(page, 'the report of a list');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('item-card')).toHaveText([
    'Blue teapotT-1 · 2 photos',
    'BowlT-3 · 0 photos',
    'Red cupT-2 · 1 photo',
  ]);
  await expectNoViolation(page, 'items');

  // A long list shows its progress, and leaves nothing behind when cancelled.
  const long = Array.from({ length: 60_000 }, (_, i) => `none ${i}.jpg,L-${i},Long ${i},a,b,c,d`);
  await page.getByTestId('list-input').setInputFiles({
    name: 'long.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`file,sku,title,A,B,C,D\n${long.join('\n')}\n`),
  });
  const running = page.getByRole('dialog', { name: 'Importing list' });
  await expect(running.getByRole('progressbar')).toBeVisible();
  await running.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Import cancelled. Nothing was changed.')).toBeVisible();
  await expect(running).toHaveCount(0);
  await expect(page.getByTestId('item-card')).toHaveCount(3);

  // The history has each change, and undoes any.
  await page.getByRole('button', { name: 'Items history' }).click();
  const history = page.getByRole('dialog', { name: 'Items history' });
  const entries = history.getByTestId('log-entry');
  await expect(entries).toHaveText([
    /^Imported a list: 2 items, 1 photo/,
    /^Edited Blue teapot/,
    /^Made the item Blue teapot of 2 photos/,
  ]);
  await expectNoViolation(page, 'the history of items');
  await history.getByRole('button', { name: /^Undo: Imported a list/ }).click();
  await expect(entries.first()).toContainText('undone');
  await history.getByRole('button', { name: /^Redo: Imported a list/ }).click();
  await expect(entries.first()).not.toContainText('undone');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('item-card')).toHaveCount(3);

  // What is this?
  await nav.getByText('Photos').click();
  await akin.tiles().nth(0).click();
  await page.getByRole('button', { name: 'What is this?' }).click();
  await expect(verdict).toHaveText('Blue teapot');
  await page.getByRole('button', { name: 'Not this item' }).click();
  await expect(page.getByText('Confirmed by you')).toHaveCount(0);
  await expect(verdict).not.toHaveText('Blue teapot');
  await expectNoViolation(page, 'what a photo shows');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Confirmed by you')).toBeVisible();

  // Found by name, and as a filter.
  await page.goto('/?view=search');
  await page
    .getByRole('combobox', { name: 'Search photos, people, dates' })
    .pressSequentially('teap');
  await page.getByRole('option', { name: 'Blue teapot' }).click();
  await expect(page.getByTestId('term')).toHaveText(['Blue teapot']);
  await expect(page.getByTestId('query-message')).toHaveText('2 photos found.');

  // Grouped by item, it is one tile with a count; what shows none follows. Back ungroups.
  await page.goBack();
  await page.getByRole('combobox').fill('.jpg');
  await page.getByRole('option', { name: 'Name contains “.jpg”' }).click();
  await expect(akin.results()).toHaveCount(5);
  await page.getByRole('button', { name: 'Group by: Photo' }).click();
  await page.getByRole('menuitemradio', { name: 'Item' }).click();
  const groups = page.getByTestId('group-tile');
  await expect(groups).toHaveCount(2);
  await expect(akin.results()).toHaveCount(2);
  await expectNoViolation(page, 'results grouped by item');
  await page.reload();
  await groups.filter({ hasText: 'Blue teapot' }).click();
  await expect(title).toHaveText('Blue teapotT-1 · 2 photos');
  await page.goBack();
  await expect(groups.filter({ hasText: 'Blue teapot' })).toContainText('2 of 2 photos');
  await page.goBack();
  await expect(akin.results()).toHaveCount(5);
});
