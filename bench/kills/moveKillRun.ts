import type { Page } from '@playwright/test';
import { BrowserProcess } from '../../e2e/fixtures/browserProcess.ts';
import { createPrng } from '../../src/base/prng.ts';
import { firstPage, type KillRow, type KillRunOptions, lookAtDisk, openApp } from './killRun.ts';

/** Models to move between, back and forth. */
const MODELS = ['visual-v2-detailed', 'visual-v2'];

/**
 * Imports the files, moves the photos from one model to another, and kills the browser at random
 * moments, checking the disk each time. A completed move is followed by one back; sometimes a move
 * is reverted before it completes.
 */
export async function moveKillRun(options: KillRunOptions): Promise<KillRow> {
  const { kills, seed, paths, url, profile, withinMs, log = () => {} } = options;
  const random = createPrng(seed);
  const row = { kills: 0, photos: 0, lost: 0, doubled: 0, inconsistent: 0 };
  const browser = new BrowserProcess(profile);
  let hashes = new Set<string>();

  const look = (page: Page, when: string) =>
    lookAtDisk(page, { url, told: hashes, row, log, when });

  try {
    const page = await firstPage(await browser.start());
    await openApp(page, url);
    await page.getByTestId('file-input').setInputFiles([...paths]);
    await page.waitForFunction((n) => window.akin!.gallery.get().length === n, paths.length, {
      timeout: 600_000,
    });
    await page.evaluate(() => window.akin!.ready());
    hashes = new Set((await look(page, 'brought in')).photos.map(([, hash]) => hash));
    row.lost += paths.length - hashes.size;
    await browser.kill();

    let target = 0;
    for (let kill = 0; kill < kills; kill++) {
      const page = await firstPage(await browser.start());
      const { spaces } = await look(page, `before ${kill + 1}`);
      await openApp(page, url);
      if (spaces.length === 1 || random.float() < 0.2) {
        target = 1 - target;
        await page.evaluate((id) => window.akin!.models.choose(id), MODELS[target]!);
      }
      await new Promise((resolve) => setTimeout(resolve, random.float() * withinMs));
      await browser.kill();
      row.kills++;
    }

    const last = await firstPage(await browser.start());
    await look(last, 'at the end');
    await openApp(last, url);
    await allMoved(last);
    const { failed, hits } = await last.evaluate(async () => {
      const akin = window.akin!;
      const [first] = akin.gallery.get().ids;
      const found = await akin.search(first!, { k: 1000 });
      const { failed } = await akin.moving.report();
      return { failed, hits: new Set(found.hits.map(({ id }) => id)).size };
    });
    const { photos, spaces } = await look(last, 'with all moved');
    row.photos += photos.length;
    row.lost += failed;
    // All are in one space, and each is found by searching for the others.
    row.inconsistent += Math.abs(spaces.length - 1);
    row.inconsistent += Math.abs((spaces[0]?.vectors.length ?? 0) - paths.length);
    row.inconsistent += Math.abs(hits - (paths.length - 1));
    return row;
  } finally {
    await browser.kill();
  }
}

/** Waits until every photo is in one space and background work has ended. */
async function allMoved(page: Page): Promise<void> {
  for (const until = Date.now() + 600_000; Date.now() < until; ) {
    const isDone = await page.evaluate(async () => {
      const { from } = await window.akin!.moving.report();
      return from.length === 0 && window.akin!.moving.work.get().state === 'idle';
    });
    if (isDone) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error('The photos did not all move.');
}
