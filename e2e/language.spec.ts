import { expect, test } from './fixtures/akin.ts';

test.use({ locale: 'de-DE' });

test('the page uses the browser’s language until another is chosen, which is saved', async ({
  akin,
  page,
}) => {
  const html = page.locator('html');
  // Until the whole page is translated, the button may have its English name.
  const settings = page.getByRole('button', { name: /^(Einstellungen|Settings)$/ });
  await akin.open();
  await expect(html).toHaveAttribute('lang', 'de');
  await settings.click();
  const german = page.getByRole('dialog', { name: 'Einstellungen' });
  await expect(german.getByRole('radio', { name: 'Automatisch', exact: true })).toBeChecked();

  // Not `check`, which would look up the dialog again by its old name.
  await german.getByRole('radio', { name: 'English' }).click();
  const english = page.getByRole('dialog', { name: 'Settings' });
  await expect(english.getByRole('radio', { name: 'English' })).toBeFocused();
  await expect(html).toHaveAttribute('lang', 'en');

  await page.reload();
  await akin.ready();
  await expect(html).toHaveAttribute('lang', 'en');
  await settings.click();
  await expect(english.getByRole('radio', { name: 'English' })).toBeChecked();
});
