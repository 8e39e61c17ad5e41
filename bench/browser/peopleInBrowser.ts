import type { Page } from '@playwright/test';
import { openApp, startSession } from '../../scripts/session.ts';
import { createPrng } from '../../src/base/prng.ts';
import { MIN_GROUP, pairwise } from '../../src/identity/index.ts';
import { syntheticFaces } from '../../src/identity/testing/syntheticFaces.ts';
import { type FaceSpaceRow, faceNumber, facesPart, fillFaces, writeFaces } from './fillFaces.ts';
import { printRow, quantile, round, say } from './rows.ts';

export interface PeopleInBrowserOptions {
  readonly n: number;
  readonly people: number;
  readonly added: number;
  readonly seed: number;
  readonly port: number;
}

/**
 * The same faces in the app itself, in Chromium: written to its store, then opened, clustered and
 * added to in its `library` worker, with the page open.
 */
export async function peopleInBrowser(options: PeopleInBrowserOptions): Promise<void> {
  const { n, people, added, seed, port } = options;
  const made = syntheticFaces({ faces: n + added, people }, createPrng(seed));
  const session = await startSession({ port, switches: ['--disable-gpu'] });
  const { page } = session;
  try {
    await openApp(session);
    await page.evaluate(() => window.akin!.faces.turnOn());
    const space = (await metaRow(page, 'faces.space')) as FaceSpaceRow;
    say(`Writing ${n} faces`);
    await fillFaces(page, made, space, n);

    await visit(page);
    say('opening, without anything gathered');
    const openMs = await answerMs(page);
    await sealed(page, space.id);
    say('reclustering all anew');
    const gatherMs = await page.evaluate(gather);
    const kept = (await metaRow(page, 'faces.clusters')) as {
      rows: Uint32Array;
      clusters: Uint32Array;
    };
    const score = scoreOf(kept, made, n);

    say('adding one by one');
    const times: number[] = [];
    for (let i = n; i < n + added; i++) {
      const part = facesPart(made, space, i, i + 1);
      await page.evaluate(writeFaces, part);
      times.push(await page.evaluate(addFace, part.first));
    }
    const peopleMs = await answerMs(page);

    await visit(page);
    const reopenMs = await answerMs(page);
    printRow({
      bench: 'people-in-browser',
      faces: n,
      people,
      index: await kinds(page, space.id),
      gatherMs: round(gatherMs, 0),
      ...score,
      addMs: round(quantile(times, 0.5), 2),
      add90Ms: round(quantile(times, 0.9), 2),
      add99Ms: round(quantile(times, 0.99), 2),
      addMaxMs: round(Math.max(...times), 1),
      peopleMs: round(peopleMs, 0),
      openMs: round(openMs, 0),
      reopenMs: round(reopenMs, 0),
    });
  } finally {
    await session.close();
  }
}

/** A fresh page, and thus fresh workers. */
async function visit(page: Page): Promise<void> {
  await page.reload();
  await page.waitForFunction(() => window.akin?.gallery.get().status === 'open');
}

/** Time until people are available, in milliseconds. */
function answerMs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const from = performance.now();
    await window.akin!.faces.people();
    return performance.now() - from;
  });
}

/**
 * Sends the worker the event for the end of a face scan, and waits until all faces are clustered
 * and saved.
 */
function gather(): Promise<number> {
  const channel = new BroadcastChannel('akin');
  return new Promise((resolve) => {
    const from = performance.now();
    let begun = false;
    channel.onmessage = ({ data }) => {
      if (data.type !== 'face-work') return;
      if (data.work.state === 'gathering') begun = true;
      if (data.work.state !== 'idle' || !begun) return;
      channel.close();
      resolve(performance.now() - from);
    };
    channel.postMessage({ type: 'face-work', work: { state: 'idle' } });
  });
}

/** Sends the worker the event for a saved face, and waits until it is applied. */
function addFace(id: number): Promise<number> {
  const channel = new BroadcastChannel('akin');
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      if (data.type !== 'people-seen') return;
      channel.close();
      resolve(performance.now() - from);
    };
    const from = performance.now();
    channel.postMessage({ type: 'faces', added: [id], removed: [] });
  });
}

/** The value of a setting. */
function metaRow(page: Page, name: string): Promise<unknown> {
  return page.evaluate(
    (key) =>
      new Promise<unknown>((resolve, reject) => {
        const opening = indexedDB.open('akin');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction('meta').objectStore('meta').get(key);
          asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result);
          };
          asked.onerror = () => reject(asked.error);
        };
      }),
    name,
  );
}

/** The index types of a space's saved segments. */
function kinds(page: Page, spaceId: string): Promise<string[]> {
  return page.evaluate(
    (id) =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('akin');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction('manifest').objectStore('manifest').get(id);
          asked.onsuccess = () => {
            opening.result.close();
            const segments: readonly { kind: string }[] = asked.result?.segments ?? [];
            resolve(segments.map(({ kind }) => kind));
          };
          asked.onerror = () => reject(asked.error);
        };
      }),
    spaceId,
  );
}

/** Waits until the index of a space is saved and stays unchanged for a while. */
async function sealed(page: Page, spaceId: string): Promise<void> {
  let last = '';
  for (let quiet = 0; quiet < 10; ) {
    await page.waitForTimeout(1_000);
    const now = (await kinds(page, spaceId)).join();
    quiet = now !== '' && now === last ? quiet + 1 : 0;
    last = now;
  }
}

function scoreOf(
  kept: { readonly rows: Uint32Array; readonly clusters: Uint32Array },
  made: ReturnType<typeof syntheticFaces>,
  n: number,
) {
  const sizes = new Map<number, number>();
  for (const cluster of kept.clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const clusterOf = new Map<number, number>();
  kept.clusters.forEach((cluster, i) => {
    // 0 means none; groups below the minimum size don't count.
    if (cluster !== 0 && sizes.get(cluster)! >= MIN_GROUP) clusterOf.set(kept.rows[i]!, cluster);
  });
  const good = Array.from({ length: n }, (_, i) => i).filter((i) => made.good[i]);
  const { precision, recall } = pairwise(
    good.map((i) => clusterOf.get(faceNumber(i))),
    good.map((i) => made.person[i]!),
  );
  return { precision: round(precision, 4), recall: round(recall, 4) };
}
