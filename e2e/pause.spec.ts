import { expect, test } from './fixtures/akin.ts';
import { blockFiles } from './fixtures/pictures.ts';

test('a click on Pause is not lost, even as soon as the button appears', async ({ akin, page }) => {
  const paths = await blockFiles(30, 600);
  await akin.open();
  // With the models loaded, analysis starts while the last files are still being enqueued.
  await akin.bringIn(await blockFiles(1, 599));
  const bar = akin.importBar();
  const state = () => page.evaluate(() => window.akin!.progress.get().state);
  // Click from within the page, in the frame in which the button appears.
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const pause = document.querySelector<HTMLElement>(
        '[data-testid=import-bar] [aria-label=Pause]',
      );
      if (!pause) return;
      observer.disconnect();
      pause.click();
    }).observe(document.body, { subtree: true, childList: true });
  });
  await akin.choose(paths);
  await expect(bar.getByRole('button', { name: 'Resume' })).toBeVisible();
  // Only photos already being analyzed are finished.
  const kept = await akin.standsStill();
  expect(await state()).toBe('paused');
  expect(kept).toBeLessThan(31);
  await bar.getByRole('button', { name: 'Resume' }).click();
  await akin.ready();
  await akin.expectPhotos(31);
});
