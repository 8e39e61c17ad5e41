import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { BrowserProcess } from '../../e2e/fixtures/browserProcess.ts';
import { createPrng } from '../../src/base/prng.ts';
import { judge } from './judge.ts';
import { readLibrary, type StoredLibrary } from './readLibrary.ts';

export interface KillRunOptions {
  readonly kills: number;
  readonly seed: number;
  /** Pictures to import, with distinct bytes. */
  readonly paths: readonly string[];
  /** URL of the built app. */
  readonly url: string;
  readonly profile: string;
  /** Maximum delay of the kill after files are chosen, or another one is imported, in ms. */
  readonly withinMs: number;
  readonly log?: (line: string) => void;
}

export interface KillRow {
  readonly kills: number;
  /** Photos in the library at the end, plus those of imports that completed before a kill. */
  readonly photos: number;
  /** Files reported as stored that are gone or are never imported. */
  readonly lost: number;
  /** Photos that duplicate another's bytes. */
  readonly doubled: number;
  /** Inconsistencies: see `readLibrary` and `judge`. */
  readonly inconsistent: number;
}

/** Files that the page had reported as stored before it was killed, by hash. */
interface Told {
  readonly hashes: Set<string>;
}

/**
 * Imports the files and kills the whole browser, storage process included, at random moments, and
 * checks the disk each time. A completed import is restarted from scratch.
 */
export async function killRun(options: KillRunOptions): Promise<KillRow> {
  const { kills, seed, paths, url, profile, withinMs, log = () => {} } = options;
  const random = createPrng(seed);
  const wanted = new Set(paths.map(hashOf));
  if (wanted.size !== paths.length) throw new Error('Two of the files have the same bytes.');
  const row = { kills: 0, photos: 0, lost: 0, doubled: 0, inconsistent: 0 };
  const browser = new BrowserProcess(profile);
  let told: Told = { hashes: new Set() };

  const look = (page: Page, when: string) =>
    lookAtDisk(page, { url, told: told.hashes, row, log, when });

  try {
    for (let kill = 0; kill < kills; kill++) {
      const page = await firstPage(await browser.start());
      const stored = await look(page, `before ${kill + 1}`);
      await openApp(page, url);
      if (stored.photos.length === paths.length) {
        row.photos += paths.length;
        await page.evaluate(() => window.akin!.clear());
        told = { hashes: new Set() };
      }
      await listen(page, told);
      await page.getByTestId('file-input').setInputFiles([...paths]);
      // Half of the kills while files are stored and the models loaded, half while photos are
      // saved.
      if (random.float() < 0.5) await anyKept(page, stored.photos.length % paths.length);
      await new Promise((resolve) => setTimeout(resolve, random.float() * withinMs));
      await browser.kill();
      row.kills++;
    }

    const page = await firstPage(await browser.start());
    await look(page, 'at the end');
    await openApp(page, url);
    await page.getByTestId('file-input').setInputFiles([...paths]);
    await page.waitForFunction(
      (count) =>
        window.akin!.gallery.get().length === count &&
        !['running', 'paused'].includes(window.akin!.progress.get().state),
      paths.length,
      { timeout: 600_000 },
    );
    const { vectors, hits, failures } = await page.evaluate(async () => {
      const akin = window.akin!;
      await akin.ready();
      const [first] = akin.gallery.get().ids;
      const found = await akin.search(first!, { k: 1000 });
      return {
        vectors: (await akin.stats()).vectors,
        hits: new Set(found.hits.map(({ id }) => id)).size,
        failures: akin.failures.get().length,
      };
    });
    const stored = await look(page, 'with all in');
    const hashes = new Set(stored.photos.map(([, hash]) => hash));
    row.photos += stored.photos.length;
    row.lost += [...wanted].filter((hash) => !hashes.has(hash)).length + failures;
    // Each is found by searching for the others.
    row.inconsistent += Math.abs(vectors - paths.length) + Math.abs(hits - (paths.length - 1));
    return row;
  } finally {
    await browser.kill();
  }
}

export interface Look {
  readonly url: string;
  /** Hashes of files that the page had reported as stored. */
  readonly told: ReadonlySet<string>;
  /** Faults are added here. */
  readonly row: { lost: number; doubled: number; inconsistent: number };
  readonly log: (line: string) => void;
  readonly when: string;
}

/** Reads the disk, and checks it. */
export async function lookAtDisk(
  page: Page,
  { url, told, row, log, when }: Look,
): Promise<StoredLibrary> {
  const stored = await readLibrary(page, url);
  const { lost, doubled, problems } = judge(stored, told);
  row.lost += lost.length;
  row.doubled += doubled.length;
  row.inconsistent += problems.length;
  const held = stored.spaces.map(({ spaceId, vectors }) => `${vectors.length} in ${spaceId}`);
  log(
    [
      `${when}: ${stored.photos.length} photos, ${stored.waiting.length} wait, ${told.size} were told of`,
      ...held,
    ].join(', '),
  );
  for (const hash of lost) log(`  lost: ${hash}`);
  for (const hash of doubled) log(`  doubled: ${hash}`);
  for (const problem of problems) log(`  ${problem}`);
  return stored;
}

export async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage());
}

export async function openApp(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => window.akin?.gallery.get().status === 'open');
  await page.evaluate('globalThis.__name = (named) => named');
}

/** Waits until one more photo is imported, or none is left. */
async function anyKept(page: Page, before: number): Promise<void> {
  await page.waitForFunction(
    (count) =>
      window.akin!.gallery.get().length > count || window.akin!.progress.get().state === 'done',
    before,
    { timeout: 300_000 },
  );
}

/** Records which files the page reports as stored: enqueued or imported. */
async function listen(page: Page, told: Told): Promise<void> {
  await page.exposeFunction('toldOf', (hashes: string[]) => {
    for (const hash of hashes) told.hashes.add(hash);
  });
  await page.evaluate(() => {
    const tell = (window as unknown as { toldOf(hashes: string[]): void }).toldOf;
    new BroadcastChannel('akin').addEventListener('message', ({ data }) => {
      if (data.type !== 'staged' && data.type !== 'kept') return;
      const opening = indexedDB.open('akin');
      opening.onsuccess = () => {
        const tx = opening.result.transaction(['photos', 'jobs'], 'readonly');
        const rows = [tx.objectStore('photos').getAll(), tx.objectStore('jobs').getAll()];
        tx.oncomplete = () => {
          opening.result.close();
          tell(rows.flatMap(({ result }) => result.map(({ hash }: { hash: string }) => hash)));
        };
      };
    });
  });
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
