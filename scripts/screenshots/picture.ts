import type { Page } from '@playwright/test';

export const PHONE = { width: 390, height: 844 };
export const DESK = { width: 1280, height: 800 };
export const WIDE = { width: 1920, height: 1080 };

/** Waits until all toasts have disappeared. */
export async function quiet(page: Page): Promise<void> {
  // Toasts stay while hovered.
  await page.mouse.move(0, 0);
  await page.evaluate(() => window.akin!.dismissSummary());
  await page.waitForFunction(
    () => !document.querySelector('.toast, [data-testid=import-bar]'),
    undefined,
    { timeout: 60_000 },
  );
}

/** Waits until visible pictures are loaded and finite animations have ended. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    // No named functions here: the loader that runs this script wraps them in a helper that the
    // page doesn't have.
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

/** A PNG screenshot of the page, once its pictures are loaded and nothing moves. */
export async function picture(page: Page): Promise<Buffer> {
  await page.mouse.move(0, 0);
  await settled(page);
  return page.screenshot({ caret: 'hide' });
}
