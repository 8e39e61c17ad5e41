import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation } from './fixtures/axe.ts';
import { sampleFiles } from './fixtures/pictures.ts';

test('words are suggested and searched for, Back returns to the results, and unknown words are reported', async ({
  akin,
  page,
}) => {
  const field = page.getByRole('combobox', { name: 'Search photos' });
  const message = page.getByTestId('word-message');
  await akin.open();
  // The sample “Church” is a drawing that the model classifies as one.
  await akin.bringIn((await sampleFiles(30)).slice(-6));
  const church = await akin.idNamed('Church');

  await page.keyboard.press('/');
  await field.pressSequentially('churc');
  const suggestion = page.getByRole('option', { name: 'church', exact: true });
  await expect(suggestion).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('church');
  await expect(akin.results().first()).toHaveAttribute('data-photo-id', String(church));
  await expect(message).toHaveText(/^\d+ photos? found\.$/);
  // The URL doesn't contain the word, which is still there after a reload.
  await expect(page).toHaveURL(/\?view=words$/);
  await page.reload();
  await expect(akin.results().first()).toHaveAttribute('data-photo-id', String(church));

  await akin.results().first().click();
  await expect(page).toHaveURL(/photo=\d+/);
  await page.goBack();
  await expect(field).toHaveValue('church');

  await field.fill('abbeys');
  await page.keyboard.press('Enter');
  await expect(message).toHaveText(/^No exact match for “abbeys”\. Showing results for “church”\./);
  await expectNoViolation(page, 'word search results');
  await field.fill('qwertz');
  await page.keyboard.press('Enter');
  await expect(message).toHaveText('Akin doesn’t know “qwertz”. Try another word.');
  await expect(akin.results()).toHaveCount(0);
});
