/**
 * Screenshots of the main screens for the README, from the production build in a real browser, with
 * only the sample pictures, which may be shown anywhere.
 *
 *   npm run build && npm run screenshots:readme
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { openApp, startSession } from '../session.ts';
import { DESK, PHONE, picture, quiet } from './picture.ts';

const FOLDER = join('docs', 'screenshots');
/** The photo to open: it shows most of the app's features. */
const SHOWN = 'Taxi.';
/** Fraction of the samples imported when the running import is captured. */
const IMPORTED = 0.6;
const MOST_BYTES = 400_000;

mkdirSync(FOLDER, { recursive: true });
const session = await startSession({ port: 4191, switches: ['--disable-gpu'] });
try {
  await takeAll(session.page);
} finally {
  await session.close();
}

async function takeAll(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openApp(session);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await quiet(page);
  await take(page, 'welcome');

  await page.getByRole('button', { name: 'Try it with sample photos' }).click();
  await page.waitForFunction(
    (share) => {
      const progress = window.akin!.progress.get();
      return 'done' in progress && progress.done >= share * progress.total && progress.total > 1;
    },
    IMPORTED,
    { timeout: 300_000 },
  );
  await take(page, 'importing');
  await page.evaluate(() => window.akin!.ready());
  await quiet(page);
  await take(page, 'gallery');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, 'gallery-dark');

  const id = await page.evaluate(async (name) => {
    const photo = (await window.akin!.list()).find((each) => each.name.startsWith(name));
    return photo?.id;
  }, SHOWN);
  if (id === undefined) throw new Error(`The samples have no "${SHOWN}".`);
  await page.goto(`${session.url}?photo=${id}`);
  await page.evaluate(() => window.akin!.ready());
  await take(page, 'photo-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await take(page, 'photo');
  await page.setViewportSize(PHONE);
  await take(page, 'photo-phone');
  await page.goto(session.url);
  await page.evaluate(() => window.akin!.ready());
  await take(page, 'gallery-phone');
  await page.setViewportSize(DESK);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Advanced' }).click();
  await page.getByTestId('backend-wasm').waitFor();
  await take(page, 'settings');
  await page.getByRole('button', { name: 'Measure', exact: true }).click();
  await page.getByRole('button', { name: 'Measure again' }).waitFor({ timeout: 300_000 });
  await page.locator('.recall').evaluate((chart) => chart.scrollIntoView({ block: 'start' }));
  await take(page, 'settings-measure');
  for (const [chapter, step] of [
    ['graph', 12],
    ['kd-tree', 9],
  ] as const) {
    await page.goto(`${session.url}?lab=${chapter}&step=${step}`);
    await page.locator('.lab-chapter[aria-busy="false"]').waitFor({ timeout: 60_000 });
    await take(page, `lab-${chapter}`);
  }
}

/** A screenshot of the page, once its pictures are loaded and nothing moves. */
async function take(page: Page, name: string): Promise<void> {
  const png = await picture(page);
  const path = join(FOLDER, `${name}.png`);
  // In full color if that is small enough for a repository, else in the best 256.
  const exact = await sharp(png).png({ compressionLevel: 9 }).toBuffer();
  const kept =
    exact.length <= MOST_BYTES ? exact : await sharp(png).png({ palette: true }).toBuffer();
  writeFileSync(path, kept);
  console.log(`${path}: ${Math.round(kept.length / 1000)} KB`);
}
