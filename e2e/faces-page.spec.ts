import { expect, test } from './fixtures/akin.ts';
import { look } from './fixtures/axe.ts';
import { anotherPhoto, groupPhoto } from './fixtures/facePictures.ts';

test('face recognition is turned on, used for naming and identifying, and erased, all from the page', async ({
  akin,
  page,
}) => {
  await akin.open();
  await akin.bringIn([groupPhoto(1), await anotherPhoto(1, 1), await anotherPhoto(1, 2)]);
  await page.getByRole('link', { name: 'People' }).click();
  await expect(page.getByRole('button', { name: 'Turn on face recognition' })).toBeVisible();
  await look(page, 'people, with face recognition off');
  await page.getByRole('link', { name: 'Photos' }).click();
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'People' }).click();
  await settings.getByRole('button', { name: 'Turn on face recognition' }).click();
  await expect(settings.getByTestId('faces-figures')).toContainText('3 of 3 photos scanned');
  await look(page, 'face settings');
  await settings.getByRole('button', { name: 'Open People' }).click();

  // Name one group in the list, and another on its page.
  const groups = page.getByRole('region', { name: 'Unnamed people' }).getByRole('link');
  await expect(groups.first()).toBeVisible();
  await look(page, 'people');
  const naming = page.getByRole('combobox', { name: 'Add name' });
  await page.getByRole('button', { name: 'Add name' }).last().click();
  await naming.fill('Eva');
  await look(page, 'entering a name');
  await naming.press('Enter');
  const named = page.getByRole('region', { name: 'Named people' });
  await expect(named.getByRole('link', { name: 'Eva' })).toBeVisible();

  // An existing name merges two people only after confirmation.
  await page.getByRole('button', { name: 'Add name' }).first().click();
  await naming.fill('eva');
  await naming.press('Enter');
  const question = page.getByRole('alertdialog', { name: /^Merge \d photos? into Eva\?$/ });
  await expect(question).toBeVisible();
  await look(page, 'confirmation before merging people');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await naming.press('Escape');
  await groups.first().click();
  await naming.fill('Ana');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'Ana' })).toBeVisible();
  await look(page, 'a person');
  await page.reload();
  await akin.ready();
  await expect(page.getByRole('heading', { name: 'Ana' })).toBeVisible();

  // In a photo, Ana's face is labeled; open its panel.
  await page.evaluate(() => {
    location.search = `?photo=${window.akin!.gallery.get().ids[0]}`;
  });
  await akin.ready();
  await page.getByRole('button', { name: 'Show faces' }).click();
  const boxes = page.getByTestId('face-box');
  await expect(page.getByRole('button', { name: 'Ana', exact: true })).toBeVisible();
  expect(await boxes.count()).toBeGreaterThanOrEqual(2);
  await page.getByRole('button', { name: 'Ana', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Who’s this?' })).toBeVisible();
  // Ana was named on her page, with all her faces.
  await expect(page.getByText('Named with its group')).toBeVisible();
  await look(page, 'a face in a photo');

  // Identify faces in a photo that isn't imported.
  await page.evaluate(() => {
    location.search = '?view=people';
  });
  await akin.ready();
  await page.getByRole('button', { name: 'Identify faces…' }).click();
  await page.getByTestId('ask-input').setInputFiles(await anotherPhoto(1, 4));
  await expect(page.getByTestId('ask-summary')).toContainText('The photo wasn’t saved.');
  await expect(page.getByText('Very likely Ana').first()).toBeVisible();
  await look(page, 'faces identified in a photo');
  await page.keyboard.press('Escape');

  // People history lists the change.
  await page.getByRole('button', { name: 'People history' }).click();
  await expect(page.getByText('Named someone Ana')).toBeVisible();
  await look(page, 'people history');
  await page.keyboard.press('Escape');

  await page.goto('/');
  await akin.ready();
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByRole('tab', { name: 'People' }).click();
  await settings.getByRole('button', { name: 'Delete all face data…' }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Delete face data' }).click();
  await expect(settings.getByRole('button', { name: 'Turn on face recognition' })).toBeVisible();
  expect(await page.evaluate(() => window.akin!.faces.report())).toMatchObject({
    on: false,
    faces: 0,
    people: 0,
  });
  expect((await akin.stats()).photos).toBe(3);
});
