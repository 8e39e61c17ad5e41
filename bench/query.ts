/**
 * How soon are the results of a query on the page? A picture from outside, a part of a photo, a
 * changed term, and a click on a photo, in a library of ten thousand.
 *
 *   npm run bench:query -- --n 10000
 *
 * Prints a row each: `case, ms, p90`, in milliseconds until the results are painted with their
 * pictures. `netMs` is the part of it that the net takes, and `idsMs` the time until the engine has
 * answered.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { openApp, startSession } from '../scripts/session.ts';
import { fillLibrary } from './browser/fillLibrary.ts';
import { printRow, quantile, round, say } from './browser/rows.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '10000' },
    tries: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
  },
});
const n = Number(values.n);
const tries = Number(values.tries);
const PICTURE = resolve('docs/screenshots/photo.png');

const session = await startSession({ switches: ['--disable-gpu'] });
const { page } = session;
await openApp(session);
const { index } = await page.evaluate(() => window.akin!.stats());
say(`Filling a library of ${n} photos`);
await fillLibrary(page, { n, seed: Number(values.seed), spaceId: index.spaceId, d: index.d });
await page.reload();
await page.waitForFunction(() => window.akin !== undefined);
await page.evaluate(() => window.akin!.ready());
await page.waitForTimeout(10_000);

const netMs = await page.evaluate(netTime);
const ids = await page.evaluate(() => [...window.akin!.gallery.get().ids].slice(-40));

await page.goto(`${session.url}?view=search`);
await measure('outside picture', { netMs: round(netMs, 0) }, async () => {
  const clear = page.getByRole('button', { name: 'Clear', exact: true });
  if ((await clear.count()) > 0) await clear.click();
  await page.getByTestId('result-tile').first().waitFor({ state: 'detached' });
  const input = page.getByTestId('query-input');
  await input.waitFor({ state: 'attached' });
  return painted(page, () => input.setInputFiles(PICTURE));
});
await page.goto(session.url);
await measure('selected area', { netMs: round(netMs, 0) }, async (i) => {
  await page.getByRole('link', { name: 'Photos' }).first().click();
  await page
    .getByTestId('photo-tile')
    .nth(i % 10)
    .click();
  await page.locator('.stage-original[data-shown]').waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.press('r');
  await page.getByTestId('area').waitFor();
  return painted(page, () => page.keyboard.press('Enter'));
});
await openQuery(page, ids[0]!);
const idsMs = await page.evaluate(answerTimes, { ids, tries });
const terms = { idsMs: round(quantile(idsMs, 0.5)), idsP90: round(quantile(idsMs, 0.9)) };
await measure('changed term', terms, async () => {
  const chip = page.getByTestId('term').last();
  await chip.focus();
  const key = (await chip.getAttribute('aria-label'))?.includes('Less') ? '+' : '-';
  return painted(page, () => page.keyboard.press(key));
});
await page.goto(session.url);
await measure('click on a photo', {}, async (i) => {
  await page.keyboard.press('Escape');
  const link = page.getByTestId('photo-tile').nth(i % 10);
  await link.locator('img').waitFor();
  await page.waitForTimeout(300);
  return painted(page, () => link.click());
});
await session.close();

async function measure(
  name: string,
  more: Record<string, number>,
  once: (i: number) => Promise<number>,
): Promise<void> {
  // The first one compiles code.
  await once(0);
  const ms: number[] = [];
  for (let i = 1; i <= tries; i++) ms.push(await once(i));
  const row = { ms: round(quantile(ms, 0.5), 0), p90: round(quantile(ms, 0.9), 0) };
  printRow({ bench: 'query', case: name, n, ...row, ...more });
}

/** Milliseconds from an action in the page to other results than before, with their pictures. */
async function painted(target: Page, act: () => Promise<unknown>): Promise<number> {
  // Before the action, or its event could be missed.
  await target.evaluate(() => {
    const tiles = () => [...document.querySelectorAll<HTMLElement>('[data-testid=result-tile]')];
    const shown = () =>
      tiles()
        .map(({ dataset }) => dataset.photoId)
        .join();
    const isEmpty = () =>
      tiles().length === 0 && document.querySelector('[data-testid=list-end]') !== null;
    const isPainted = (before: string) =>
      (shown() !== before || isEmpty()) &&
      (tiles().length > 0 || isEmpty()) &&
      tiles()
        .filter((each) => each.getBoundingClientRect().top < innerHeight)
        .map((each) => each.querySelector('img'))
        .every((image) => image?.complete && image.naturalWidth > 0);
    const before = shown();
    const started = new Promise<number>((heard) => {
      for (const type of ['keydown', 'change', 'click']) {
        addEventListener(type, () => heard(performance.now()), { capture: true, once: true });
      }
    });
    const ms = started.then(async (from) => {
      while (!isPainted(before)) await new Promise(requestAnimationFrame);
      // The previous frame, with everything in it, has been presented.
      await new Promise(requestAnimationFrame);
      return performance.now() - from;
    });
    Object.assign(window, { benchPainted: ms });
  });
  await act();
  return target.evaluate(
    () => (window as unknown as { benchPainted: Promise<number> }).benchPainted,
  );
}

/** Opens a search with two photos, the second of which can be changed. */
async function openQuery(target: Page, id: number): Promise<void> {
  await target.goto(`${session.url}?photo=${id}`);
  await target.getByRole('button', { name: 'Search with this photo' }).click();
  const [result, end] = [target.getByTestId('result-tile'), target.getByTestId('list-end')];
  await result.or(end).first().waitFor();
  if ((await result.count()) === 0) await end.getByRole('button').click();
  await result.first().hover();
  await target.getByRole('button', { name: 'More like this photo' }).first().click();
  await target.getByTestId('term').nth(1).waitFor();
}

/** Runs in the page: what embedding a new picture takes, decoding included. */
async function netTime(): Promise<number> {
  const canvas = new OffscreenCanvas(640, 480);
  const drawn = canvas.getContext('2d')!;
  const times: number[] = [];
  for (let i = 0; i < 6; i++) {
    drawn.fillStyle = `hsl(${60 * i} 80% 50%)`;
    drawn.fillRect(40 * i, 0, 200, 480);
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    const ask = async () => {
      const from = performance.now();
      await window.akin!.query({ terms: [{ blob }] });
      return performance.now() - from;
    };
    // The second time, only the search is left.
    const first = await ask();
    times.push(first - (await ask()));
  }
  return times.slice(1).sort((a, b) => a - b)[2]!;
}

/** Runs in the page: milliseconds until the answers of queries of two photos are there. */
async function answerTimes({ ids, tries }: { ids: number[]; tries: number }): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i <= tries; i++) {
    const from = performance.now();
    const [photo, other] = [ids[i % ids.length]!, ids[(i + 7) % ids.length]!];
    await window.akin!.query({ terms: [{ photo }, { photo: other, weight: -1 }] });
    if (i > 0) times.push(performance.now() - from);
  }
  return times;
}
