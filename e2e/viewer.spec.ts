import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures/akin.ts';
import { facesFound, tenSamples } from './fixtures/libraries.ts';

const picture = (page: Page) => page.locator('.stage-picture');
const zoomed = (page: Page) => page.getByRole('region', { name: 'Zoomed photo' });

/** Position of a window coordinate within an element, as fractions of its size. */
async function shareOf(element: Locator, x: number, y: number) {
  const box = (await element.boundingBox())!;
  return [(x - box.x) / box.width, (y - box.y) / box.height] as const;
}

const widthOf = async (element: Locator) => (await element.boundingBox())!.width;

test.describe(() => {
  test.use({ profile: tenSamples });

  test('a photo can be zoomed at the clicked point, panned and closed', async ({ akin, page }) => {
    await akin.open();
    await akin.tiles().nth(1).click();
    await expect(page.locator('.stage-original[data-shown]')).toBeVisible();
    const url = page.url();
    const fitted = (await picture(page).boundingBox())!;
    const x = Math.round(fitted.x + 0.7 * fitted.width);
    const y = Math.round(fitted.y + 0.6 * fitted.height);

    const [u, v] = await shareOf(picture(page), x, y);
    await page.mouse.click(x, y);
    await expect(zoomed(page)).toBeVisible();
    expect(await widthOf(picture(page))).toBeGreaterThan(1.9 * fitted.width);
    // The clicked point stays in place.
    const after = await shareOf(picture(page), x, y);
    expect(after[0]).toBeCloseTo(u, 1);
    expect(after[1]).toBeCloseTo(v, 1);

    // A drag moves the photo by the same distance, and doesn't count as a click.
    const before = (await picture(page).boundingBox())!;
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 20, { steps: 4 });
    await page.mouse.up();
    const moved = (await picture(page).boundingBox())!;
    expect(moved.x - before.x).toBeCloseTo(60, 0);
    expect(moved.y - before.y).toBeCloseTo(20, 0);
    await expect(zoomed(page)).toBeVisible();

    // Arrow keys pan instead of opening another photo.
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await picture(page).boundingBox())!.x).toBeLessThan(moved.x);
    await page.keyboard.press('+');
    await expect.poll(() => widthOf(picture(page))).toBeGreaterThan(1.2 * moved.width);
    await page.keyboard.press('Escape');
    await expect(zoomed(page)).toHaveCount(0);
    expect(page.url()).toBe(url);
    expect((await picture(page).boundingBox())!).toEqual(fitted);

    // The wheel zooms in, and a click zooms out.
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -240);
    await expect(zoomed(page)).toBeVisible();
    await page.mouse.click(x, y);
    await expect(zoomed(page)).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page).not.toHaveURL(/photo=/);
  });

  test('the viewer steps through the results a photo was opened from, and Back returns to them', async ({
    akin,
    page,
  }) => {
    await akin.open();
    await akin.tiles().nth(1).click();
    const url = page.url();
    await akin.includeLessSimilar();
    const ids = await akin
      .results()
      .evaluateAll((all) => all.map((each) => Number(each.dataset.photoId)));
    expect(ids.length).toBeGreaterThan(2);
    await akin.results().nth(1).click();
    await expect(page).toHaveURL(new RegExp(`photo=${ids[1]}$`));
    await page.keyboard.press('ArrowRight');
    await expect(page).toHaveURL(new RegExp(`photo=${ids[2]}$`));
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(page).toHaveURL(new RegExp(`photo=${ids[0]}$`));
    await expect(page.getByRole('button', { name: 'Previous photo' })).toHaveCount(0);

    // Deleting a photo opens the next result.
    await page.keyboard.press('Delete');
    await expect(page).toHaveURL(new RegExp(`photo=${ids[1]}$`));
    await page.goBack();
    await expect(page).toHaveURL(url);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await akin.stats()).photos).toBe(10);
    // While the toast has the focus, Escape closes it first.
    await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(akin.tiles()).toHaveCount(10);
  });
});

test.describe(() => {
  test.use({ profile: facesFound });

  test('face boxes follow a zoomed photo and can still be opened', async ({ akin, page }) => {
    await akin.open();
    await akin.tiles().first().click();
    const box = page.getByTestId('face-box').first();
    await page.keyboard.press('f');
    await expect(box).toBeVisible();
    const share = async () => {
      const { x, y, width } = (await box.boundingBox())!;
      return [...(await shareOf(picture(page), x, y)), width / (await widthOf(picture(page)))];
    };
    const before = await share();
    await page.keyboard.press('+');
    await expect(zoomed(page)).toBeVisible();
    const after = await share();
    for (const [i, value] of before.entries()) expect(after[i]).toBeCloseTo(value, 1);
    await box.click();
    await expect(page).toHaveURL(/face=\d+/);
  });
});
