/**
 * How fast is a library of ten thousand photos? Measures reopening offline to a searchable gallery,
 * click to painted results, also for the first click after each reopening, the page's memory during
 * searches, and deleting everything.
 *
 *   npm run bench:library -- --n 10000
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { openApp, startSession } from '../scripts/session.ts';
import { fillLibrary } from './browser/fillLibrary.ts';
import { printRow, quantile, round, say } from './browser/rows.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '10000' },
    clicks: { type: 'string', default: '25' },
    reopens: { type: 'string', default: '7' },
    seed: { type: 'string', default: '1' },
  },
});
const n = Number(values.n);

const session = await startSession({
  switches: ['--disable-gpu', '--enable-blink-features=ForceEagerMeasureMemory'],
});
const { page } = session;
await openApp(session);
await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
const { index } = await page.evaluate(() => window.akin!.stats());
say(`Filling a library of ${n} photos`);
await fillLibrary(page, { n, seed: Number(values.seed), spaceId: index.spaceId, d: index.d });
// The first opening seals the written photos, as the end of an import does.
await page.reload();
await ready(page);
await page.waitForTimeout(10_000);

session.stopServer();
const reopenMs: number[] = [];
const firstClickMs: number[] = [];
for (let i = 0; i < Number(values.reopens); i++) {
  await page.goto('about:blank');
  await page.goto(session.url);
  reopenMs.push(await searchableGallery(page));
  firstClickMs.push(await clickToResults(page, i));
}
printRow({
  bench: 'reopen',
  n,
  offline: true,
  msMedian: round(quantile(reopenMs, 0.5), 0),
  msMin: round(Math.min(...reopenMs), 0),
  msMax: round(Math.max(...reopenMs), 0),
});

printRow({
  bench: 'first click',
  n,
  msMedian: round(quantile(firstClickMs, 0.5), 0),
  msMin: round(Math.min(...firstClickMs), 0),
  msMax: round(Math.max(...firstClickMs), 0),
});

const clickMs: number[] = [];
for (let i = 0; i < Number(values.clicks); i++) {
  clickMs.push(await clickToResults(page, i));
}
printRow({
  bench: 'click',
  n,
  msMedian: round(quantile(clickMs, 0.5), 0),
  ms90: round(quantile(clickMs, 0.9), 0),
  msMax: round(Math.max(...clickMs), 0),
});

const memory = await page.evaluate(async () => {
  const { bytes, breakdown } = await (
    performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{
        bytes: number;
        breakdown: { bytes: number; types: string[] }[];
      }>;
    }
  ).measureUserAgentSpecificMemory();
  return { bytes, breakdown };
});
printRow({ bench: 'memory', n, pageMegabytes: round(memory.bytes / 2 ** 20, 1) });

const clearMs = await page.evaluate(async () => {
  const started = performance.now();
  await window.akin!.clear();
  return performance.now() - started;
});
printRow({ bench: 'delete everything', n, ms: round(clearMs, 0) });
await session.close();

async function ready(target: Page): Promise<void> {
  await target.waitForFunction(() => window.akin !== undefined);
  await target.evaluate(() => window.akin!.ready());
}

/** From the start of navigation to painted tiles and an answered search, in milliseconds. */
async function searchableGallery(target: Page): Promise<number> {
  await target.waitForFunction(() => window.akin !== undefined);
  return target.evaluate(async () => {
    const akin = window.akin!;
    await akin.ready();
    const { ids } = akin.gallery.get();
    const searched = akin.search(ids[ids.length >> 1]!, { k: 60 });
    const painted = () => {
      const images = [
        ...document.querySelectorAll<HTMLImageElement>('[data-testid=photo-tile] img'),
      ];
      return images.length > 0 && images.every((image) => image.complete && image.naturalWidth > 0);
    };
    while (!painted()) await new Promise(requestAnimationFrame);
    await searched;
    await new Promise(requestAnimationFrame);
    return performance.now();
  });
}

/** From the click on a tile to its painted results, pictures included, in milliseconds. */
async function clickToResults(target: Page, i: number): Promise<number> {
  const ms = await target.evaluate(async (nth) => {
    const tiles = document.querySelectorAll<HTMLElement>('[data-testid=photo-tile]');
    const tile = tiles[nth % tiles.length]!;
    const started = performance.now();
    (tile.querySelector<HTMLElement>('a, button') ?? tile).click();
    const painted = () => {
      const results = [...document.querySelectorAll<HTMLElement>('[data-testid=result-tile]')];
      const visible = results.filter((each) => each.getBoundingClientRect().top < innerHeight);
      const images = visible.map((each) => each.querySelector('img'));
      const isEmpty = document.querySelector('[data-testid=list-end]') !== null;
      return (
        (images.length > 0 || isEmpty) &&
        images.every((image) => image?.complete && image.naturalWidth > 0)
      );
    };
    while (!painted()) await new Promise(requestAnimationFrame);
    // The previous frame, with everything in it, has been presented.
    await new Promise(requestAnimationFrame);
    return performance.now() - started;
  }, i);
  await target.goBack();
  await target.waitForSelector('[data-testid=photo-tile] img');
  await target.waitForTimeout(150);
  return ms;
}
