/**
 * Does search quality hold while a library moves to another space? Opens a library of `--n` photos
 * (the sample pictures, with seeded vectors in the old space) in the production build. The real
 * mover and model give each photo its new vector, while the page searches by random photos, one
 * search after another. Then compares every result with the exact results of both spaces, merged by
 * their odds, for the library's state at that moment.
 *
 *   npm run build && npm run bench:move -- --n 1000
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { openApp, startSession } from '../scripts/session.ts';
import { clusteredUnitVectors } from '../src/ann/index.ts';
import { createPrng } from '../src/base/prng.ts';
import { formerSpace, visualSpace } from '../src/workers/models/visualSpace.ts';
import { fillLibrary } from './browser/fillLibrary.ts';
import { printRow, quantile, round, say } from './browser/rows.ts';
import { K, recallAmong, type TruthLibrary } from './move/truth.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** Milliseconds between two searches. */
    pause: { type: 'string', default: '100' },
    port: { type: 'string', default: '4290' },
  },
});
const n = Number(values.n);
const seed = Number(values.seed);
/** Maximum delay between the page and a worker receiving a move event. */
const LAG_MS = 1_000;

interface Search {
  readonly query: number;
  /** `null` if unanswered. */
  readonly hits: readonly number[] | null;
  readonly from: number;
  readonly to: number;
}

interface Moved {
  readonly at: number;
  readonly ids: readonly number[];
}

const session = await startSession({ port: Number(values.port) });
try {
  const { page } = session;
  await openApp(session);
  say(`Filling a library of ${n} photos`);
  await fillLibrary(page, { n, seed, spaceId: formerSpace.id, d: formerSpace.d });
  await page.addInitScript(() => {
    const moved: unknown[] = [];
    Object.assign(window, { moved });
    new BroadcastChannel('akin').addEventListener('message', ({ data }) => {
      if (data.type === 'moved') moved.push({ at: performance.now(), ids: data.ids });
    });
  });
  await page.reload();
  await page.waitForFunction(() => window.akin?.gallery.get().status === 'open');
  say('Searching while they move');
  const { searches, moved, wallMs } = await page.evaluate(searchWhileMoving, {
    n,
    pauseMs: Number(values.pause),
    k: K,
  });
  const library = await truthOf(page);
  const answered = searches.filter(({ hits }) => hits !== null);
  const recalls = answered.map(({ query, hits, from, to }) => {
    const before = moved.filter(({ at }) => at < from - LAG_MS).flatMap(({ ids }) => ids);
    const meanwhile = moved.filter(({ at }) => at >= from - LAG_MS && at <= to);
    return recallAmong(
      library,
      { query, hits: hits! },
      new Set(before),
      meanwhile.map(({ ids }) => ids),
    );
  });
  const ms = answered.map(({ from, to }) => to - from);
  printRow({
    bench: 'move',
    photos: moved.reduce((sum, { ids }) => sum + ids.length, 0),
    searches: searches.length,
    answered: answered.length,
    recall10: round(recalls.reduce((sum, each) => sum + each, 0) / recalls.length, 4),
    searchMsMedian: round(quantile(ms, 0.5), 1),
    seconds: round(wallMs / 1000, 1),
  });
} finally {
  await session.close();
}

/**
 * Searches by one photo after another until all have moved and the old space is gone. Runs in the
 * page.
 */
async function searchWhileMoving(options: { n: number; pauseMs: number; k: number }): Promise<{
  searches: Search[];
  moved: Moved[];
  wallMs: number;
}> {
  const akin = window.akin!;
  const searches: Search[] = [];
  const begun = performance.now();
  let random = 1;
  for (let looked = 0; ; ) {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 1;
    const query = 1 + (random % options.n);
    const from = performance.now();
    const hits = await akin.search(query, { k: options.k }).then(
      (answer) => answer.hits.map(({ id }) => id),
      () => null,
    );
    const to = performance.now();
    searches.push({ query, hits, from, to });
    await new Promise((resolve) => setTimeout(resolve, options.pauseMs));
    if (to - looked < 1000) continue;
    looked = to;
    const { from: spaces } = await akin.moving.report();
    const { state } = akin.moving.work.get();
    if (state === 'stopped') throw new Error('The move has stopped.');
    if (spaces.length === 0) break;
  }
  const { moved } = window as unknown as { moved: Moved[] };
  return { searches, moved, wallMs: performance.now() - begun };
}

/** The vectors of both spaces: the seeded ones, and those made by the model since. */
async function truthOf(page: Page): Promise<TruthLibrary> {
  const { id: spaceId, d } = visualSpace;
  const exported = await page.evaluate(async () => {
    const { ids, vectors } = await window.akin!.exportVectors();
    const bytes = new Uint8Array(vectors.buffer);
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768) {
      text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    }
    return { ids: [...ids], base64: btoa(text) };
  });
  say(`Comparing with ${exported.ids.length} vectors of ${spaceId}`);
  const made = new Float32Array(Uint8Array.from(Buffer.from(exported.base64, 'base64')).buffer);
  const rowOf = new Map(exported.ids.map((id, row) => [id, row]));
  const centres = Math.max(1, Math.floor(n / 500));
  const filled = clusteredUnitVectors({ d: formerSpace.d, centres }, createPrng(seed))(n);
  return {
    ids: Array.from({ length: n }, (_, i) => i + 1),
    from: {
      calibration: formerSpace.calibration,
      vectorOf: (id) => filled.subarray((id - 1) * formerSpace.d, id * formerSpace.d),
    },
    to: {
      calibration: visualSpace.calibration,
      vectorOf: (id) => {
        const row = rowOf.get(id);
        return row === undefined ? undefined : made.subarray(row * d, (row + 1) * d);
      },
    },
  };
}
