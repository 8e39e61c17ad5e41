import type { Page } from '@playwright/test';

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 800 };
export const WIDE = { width: 1920, height: 1080 };

/** Waits until what the app has told has gone by itself. */
export async function quiet(page: Page): Promise<void> {
  // The messages stay while they are pointed at.
  await page.mouse.move(0, 0);
  await page.evaluate(() => window.akin!.dismissSummary());
  await page.waitForFunction(
    () => !document.querySelector('.toast, [data-testid=import-bar]'),
    undefined,
    { timeout: 60_000 },
  );
}

/** Waits until the pictures in view are there and nothing moves that ends by itself. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    // No named functions in here: the loader that runs this script marks them with a helper of its
    // own, which the page does not have.
    const inView = [...document.querySelectorAll('img, [data-testid$=-tile]')].filter((each) => {
      const { top, bottom } = each.getBoundingClientRect();
      return each.checkVisibility() && bottom > 0 && top < innerHeight;
    });
    const missing = inView.filter((each) => {
      const image = each instanceof HTMLImageElement ? each : each.querySelector('img');
      return !image?.complete || image.naturalWidth === 0;
    });
    const moving = document
      .getAnimations()
      .some((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    return missing.length === 0 && !moving;
  });
}

/** A picture of the page, as PNG, once its own pictures are there and nothing moves. */
export async function picture(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0);
  await settled(page);
  return page.screenshot({ caret: 'hide' });
}
