import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures/akin.ts';
import { look } from './fixtures/axe.ts';
import { IndexSettings } from './fixtures/indexSettings.ts';
import { fortyBlocks, tenSamples } from './fixtures/libraries.ts';
import { everyScreen } from './fixtures/tour.ts';

test('no screen has axe violations or cut-off content: light and dark, wide and narrow', async ({
  akin,
  page,
}) => {
  await everyScreen(akin, (screen) => look(page, screen));
});

test.describe(() => {
  test.use({ profile: fortyBlocks });

  test('index settings have no axe violations or cut-off content: light and dark, wide and narrow', async ({
    akin,
    page,
  }) => {
    await akin.open();
    const settings = new IndexSettings(akin);
    await settings.open();
    for (const kind of ['ivfpq', 'lopq']) {
      await settings.kind(kind).check();
      await settings.panel.getByText('Parameters').click();
      await expect(settings.panel.getByLabel('Seed', { exact: true })).toBeVisible();
      await look(page, `parameters of ${kind}`);
      await settings.button('Cancel').click();
    }
    const work = { state: 'building', kind: 'ivf', vectors: 30, stage: 'adding' } as const;
    await settings.workElsewhere({ ...work, share: 0.5 });
    await expect(settings.work).toContainText('50%');
    await look(page, 'index being built');
    await settings.endElsewhere();
    await settings.tell({
      state: 'failed',
      code: 'out-of-memory',
      message: 'No memory is left.',
    });
    await expect(settings.work).toContainText('There isn’t enough memory.');
    await look(page, 'index that failed to build');
    await settings.tell({ state: 'idle' });
    await settings.button('Check').click();
    await expect(settings.figures).toContainText('nearest photos found');
    await look(page, 'checked index');
  });
});

/** Presses Tab until the focus is on `target`. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press(key);
    const focused = await target.evaluateAll((all) =>
      all.some((each) => each === document.activeElement),
    );
    if (focused) return;
  }
  throw new Error(`${key} never reached ${target}.`);
}

/** Whether the focused element has a visible focus indicator: an outline or a shadow. */
function focusShows(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || !at.matches(':focus-visible')) return false;
    return [at, ...at.querySelectorAll<HTMLElement>('*')].some((each) =>
      [undefined, '::before', '::after'].some((part) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each, part);
        const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1;
        return outlined || boxShadow !== 'none';
      }),
    );
  });
}

test.describe(() => {
  test.use({ profile: tenSamples });

  test('everything works with the keyboard alone, and the focus is always visible', async ({
    akin,
    page,
  }) => {
    await akin.open();
    await expect(akin.tiles()).toHaveCount(10);

    // The gallery is a single tab stop; arrow keys move within it.
    await tabTo(page, akin.tiles());
    await expect(akin.tiles().first()).toBeFocused();
    expect(await focusShows(page)).toBe(true);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await expect(akin.tiles().nth(1)).toBeFocused();
    await page.keyboard.press('End');
    await expect(akin.tiles().last()).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await expect(akin.tiles().nth(1)).toBeFocused();
    expect(await focusShows(page)).toBe(true);

    // Open a photo, then a similar one, and go back the same way.
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/photo=/);
    await akin.includeLessSimilar();
    const photo = page.url();
    const help = page.getByRole('button', { name: 'What do these numbers mean?' });
    await tabTo(page, help, 'Shift+Tab');
    await page.keyboard.press('ArrowDown');
    await expect(akin.results().first()).toBeFocused();
    expect(await focusShows(page)).toBe(true);
    await page.keyboard.press('ArrowRight');
    await expect(akin.results().nth(1)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).not.toHaveURL(photo);
    await akin.includeLessSimilar();
    await tabTo(page, page.getByRole('button', { name: 'Back' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(photo);
    await expect(akin.results().nth(1)).toBeFocused();
    await tabTo(page, help, 'Shift+Tab');
    expect(await focusShows(page)).toBe(true);
    await page.keyboard.press('Enter');
    const popover = page.getByText('pairs of unrelated photos');
    await expect(popover).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(popover).toHaveCount(0);
    await expect(page).toHaveURL(photo);
    await expect(help).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/photo=/);
    await expect(akin.tiles().nth(1)).toBeFocused();

    // Select three photos, move them to Trash, and reach Undo in the toast with F6.
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    await expect(page.getByTestId('selection-count')).toHaveText('3 selected');
    await page.keyboard.press('Delete');
    await expect(akin.tiles()).toHaveCount(7);
    await expect(akin.tiles().nth(1)).toBeFocused();
    await page.keyboard.press('F6');
    await tabTo(page, page.getByRole('button', { name: 'Undo' }));
    expect(await focusShows(page)).toBe(true);
    await page.keyboard.press('Enter');
    await expect(akin.tiles()).toHaveCount(10);
    await akin.expectPhotos(10);

    // Open Trash, restore from it, return, and open Settings.
    await tabTo(page, akin.tiles());
    await page.keyboard.press('Delete');
    await expect(akin.tiles()).toHaveCount(9);
    await tabTo(page, page.getByRole('link', { name: 'Trash' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/view=trash/);
    await tabTo(page, page.getByRole('button', { name: 'Restore all' }));
    expect(await focusShows(page)).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await akin.stats()).photos).toBe(10);
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/view=trash/);
    const settings = page.getByRole('button', { name: 'Settings' });
    await tabTo(page, settings);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
    // Arrow keys switch between sections.
    await expect(page.getByRole('tab', { name: 'General' })).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('tab', { name: 'Storage', selected: true })).toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Open Trash' }));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Settings' })).toHaveCount(0);
    await expect(settings).toBeFocused();
  });
});
