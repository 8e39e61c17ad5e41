import type { Page } from '@playwright/test';
import { expect, test } from './fixtures/akin.ts';
import { facesFound } from './fixtures/libraries.ts';

test.use({
  profile: facesFound,
  hasTouch: true,
  isMobile: true,
  viewport: { width: 390, height: 844 },
});

/** Controls less than 44 pixels high or wide, except links within text. */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('a[href], button, select, summary, input[type=text], label')]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('p'))
      // A check mark is part of its tile, and skip links are hidden until focused.
      .filter((each) => !each.closest('[data-check], .visually-hidden'))
      .flatMap((each) => {
        const { width, height } = each.getBoundingClientRect();
        if (width < 2 || (width >= 43.5 && height >= 43.5)) return [];
        const name = each.getAttribute('aria-label') ?? each.textContent;
        return [`${name} (${each.className}): ${Math.round(width)} × ${Math.round(height)}`];
      }),
  );
}

test('a double tap zooms a photo in and out', async ({ akin, page }) => {
  await akin.open();
  await akin.tiles().first().tap();
  await expect(page.locator('.stage-original[data-shown]')).toBeVisible();
  // A corner, where there is no face.
  const { x, y } = (await page.locator('.stage-picture').boundingBox())!;
  const tap = () => page.touchscreen.tap(x + 40, y + 20);
  const doubleTap = () => Promise.all([tap(), tap()]);
  const zoomed = page.getByRole('region', { name: 'Zoomed photo' });
  await doubleTap();
  await expect(zoomed).toBeVisible();
  await doubleTap();
  await expect(zoomed).toHaveCount(0);
});

test('touch targets are large enough, and no text mentions a mouse or keys', async ({
  akin,
  page,
}) => {
  const look = async (screen: string) => {
    expect.soft(await tooSmall(page), screen).toEqual([]);
    // biome-ignore lint/performance/useDomNodeTextContent: only visible text matters
    const text = await page.locator('body').innerText();
    expect.soft(text, screen).not.toMatch(/\b(drop|drag|click|ctrl)/i);
  };
  await akin.open();
  await akin.expectPhotos(3);
  await look('photos');
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  for (const section of ['General', 'People', 'Storage', 'Advanced', 'About']) {
    await settings.getByRole('tab', { name: section }).click();
    if (section === 'Advanced') await expect(settings.getByTestId('index-flat')).toBeVisible();
    await look(`settings, ${section}`);
  }
  await settings.getByRole('tab', { name: 'Advanced' }).click();
  await settings.getByRole('button', { name: 'Add your own model…' }).click();
  await expect(page.getByRole('dialog', { name: 'Add your own model' })).toBeVisible();
  await look('adding a model');

  await akin.open('/?view=people');
  const person = page.getByRole('region', { name: 'Unnamed people' }).getByRole('link').first();
  await expect(person).toBeVisible();
  await look('people');
  await page.getByRole('button', { name: 'Identify faces…' }).click();
  await look('identify faces');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Add name' }).first().click();
  await page.getByRole('combobox', { name: 'Add name' }).fill('Ana');
  await look('entering a name');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'People history' }).click();
  await expect(page.getByTestId('log-entry')).toHaveCount(1);
  await look('people history');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Ana' }).click();
  await page.getByRole('tab', { name: 'Faces' }).click();
  await look('a person');
});
