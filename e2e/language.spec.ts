import { expect, test } from './fixtures/akin.ts';
import { tenSamples } from './fixtures/libraries.ts';

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

test.describe('with photos', () => {
  test.use({ profile: tenSamples });

  test('the actions on a selection fit beside its count in every width', async ({ akin, page }) => {
    await akin.open();
    await akin.tiles().first().focus();
    await page.keyboard.press('x');
    await page.keyboard.press('Control+a');
    const count = page.getByTestId('selection-count');
    await expect(count).toHaveText('10 ausgewählt');
    for (const width of [360, 599, 600, 768, 839, 840, 960, 1024, 1200, 1279, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      const cut = await count.evaluate((counted) => {
        const bar = counted.closest('.bar')!;
        const name = bar.querySelector('.bar-name')!;
        const labels = [...bar.querySelectorAll('.selection-action')].filter((action) => {
          const { left, right } = action.getBoundingClientRect();
          return (
            left < 0 || right > innerWidth + 0.5 || action.scrollWidth > action.clientWidth + 1
          );
        });
        const isCut = name.scrollWidth > name.clientWidth + 1;
        return [...(isCut ? [name] : []), ...labels].map(({ textContent }) => textContent);
      });
      expect.soft(cut, `${width} pixels wide`).toEqual([]);
    }
  });
});
