import type { CDPSession } from '@playwright/test';
import { expect, test } from './fixtures/akin.ts';
import { sixBlocks } from './fixtures/libraries.ts';

test.use({ profile: sixBlocks });

/** Presses a key of any keyboard layout. @param key the character @param code the position */
async function press(devtools: CDPSession, key: string, code: string, modifiers = 0) {
  for (const type of ['rawKeyDown', 'keyUp'] as const) {
    await devtools.send('Input.dispatchKeyEvent', { type, key, code, modifiers });
  }
}

test('shortcuts work with any keyboard layout, and Backspace works like Delete', async ({
  akin,
  page,
  context,
}) => {
  await akin.open();
  const devtools = await context.newCDPSession(page);
  const CTRL = 2;
  const SHIFT = 8;

  await akin.tiles().first().focus();
  await press(devtools, 'X', 'KeyX'); // Caps Lock
  await expect(page.getByText('1 selected')).toBeVisible();
  await press(devtools, 'ф', 'KeyA', CTRL); // Russian
  await expect(page.getByText('6 selected')).toBeVisible();
  await press(devtools, 'Escape', 'Escape');
  await press(devtools, 'ч', 'KeyX');
  await expect(page.getByText('1 selected')).toBeVisible();
  await press(devtools, 'Escape', 'Escape');

  // In the gallery and in the photo view.
  await press(devtools, 'Backspace', 'Backspace');
  await expect(akin.tiles()).toHaveCount(5);
  await press(devtools, 'я', 'KeyZ', CTRL);
  await expect(akin.tiles()).toHaveCount(6);
  await akin.tiles().first().click();
  await akin.includeLessSimilar();
  await press(devtools, 'Backspace', 'Backspace');
  await expect.poll(async () => (await akin.stats()).photos).toBe(5);
  await press(devtools, 'Z', 'KeyZ', CTRL); // Caps Lock
  await expect.poll(async () => (await akin.stats()).photos).toBe(6);

  await press(devtools, '؟', 'Slash', SHIFT); // Arabic
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
});

test('photos can be selected from anywhere on the page, and the focus is never lost', async ({
  akin,
  page,
}) => {
  await akin.open();
  const count = page.getByTestId('selection-count');
  await page.keyboard.press('Control+a');
  await expect(count).toHaveText('6 selected');
  await page.keyboard.press('Escape');
  await expect(count).toHaveCount(0);

  await page.getByRole('button', { name: 'Select' }).focus();
  await page.keyboard.press('Enter');
  await expect(count).toHaveText('Select photos');
  await expect(akin.tiles().first()).toBeFocused();
  // An open tooltip doesn't take Escape from the page.
  await page.getByRole('button', { name: 'Clear selection' }).focus();
  await expect(page.locator('.tip')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(count).toHaveCount(0);
  await expect(akin.tiles().first()).toBeFocused();
});
