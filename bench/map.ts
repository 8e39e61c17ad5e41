/**
 * How long does a map take, and does it keep neighbours together?
 *
 *   npm run bench:map -- ../shared/data/clothing ../shared/data/grocery ../shared/data/photos
 *   npm run bench:map -- --synthetic 10000
 *
 * Prints a row: `photos, d, ms` (of the layout in the browser, from call to map), `trustworthiness`
 * at 10 neighbours in [0, 1] (on 300 of the photos if there are more), `recall` (the share of the
 * true 15 nearest neighbours that the layout was fed), and `clusters`.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importPaths, openApp, startSession } from '../scripts/session.ts';
import { exactNeighbours, neighbourGraph } from '../src/ann/index.ts';
import { trustworthiness } from '../src/umap/index.ts';
import { fillLibrary } from './browser/fillLibrary.ts';
import { printRow, round, say } from './browser/rows.ts';
import { nodeSimdKernels } from './nodeKernels.ts';

const { values, positionals } = parseArgs({
  options: {
    synthetic: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const seed = Number(values.seed);
/** Photos to judge a map by. */
const JUDGED = 300;
const NEIGHBOURS = 15;
/** Vectors sent from the page at a time. */
const PART = 2_000;

const session = await startSession({ switches: ['--disable-gpu'] });
const { page } = session;
await openApp(session);
if (values.synthetic === undefined) {
  if (positionals.length === 0) throw new Error('Give folders of photos, or --synthetic.');
  for (const folder of positionals) await importFolder(folder);
} else {
  const n = Number(values.synthetic);
  const { index } = await page.evaluate(() => window.akin!.stats());
  say(`Filling a library of ${n} photos`);
  const { spaceId, d } = index;
  await fillLibrary(page, { n, seed, spaceId, d, originals: false });
  await page.reload();
  await page.waitForFunction(() => window.akin !== undefined);
  await page.evaluate(() => window.akin!.ready());
  say('Waiting for the index');
  await page.waitForFunction(() => window.akin!.indexWork.get().state === 'idle', null, {
    timeout: 0,
  });
}

say('Laying out');
const laidOut = await page.evaluate(async (wanted) => {
  const from = performance.now();
  const map = await window.akin!.map.layOut({ seed: wanted });
  const ms = performance.now() - from;
  const { ids, vectors, d } = await window.akin!.exportVectors();
  Object.assign(window, { benchVectors: vectors });
  const rowOf = new Map(Array.from(map.ids, (id, row) => [id, row]));
  const positions = Array.from(ids, (id) => {
    const row = rowOf.get(id);
    if (row === undefined) throw new Error(`photo ${id} isn't on the map`);
    return [map.positions[2 * row]!, map.positions[2 * row + 1]!];
  });
  return { ms, positions: positions.flat(), d, clusters: map.clusterList.length };
}, seed);
const { d, ms, clusters } = laidOut;
const positions = Float32Array.from(laidOut.positions);
const n = positions.length / 2;
const vectors = await vectorsOf(n, d);
await session.close();

const step = Math.max(1, Math.ceil(n / JUDGED));
const judged = Array.from({ length: Math.ceil(n / step) }, (_, i) => i * step);
const trust = trustworthiness(vectors, d, positions, 10, judged);
const recall = await recallOfGraph();
const photos = { photos: n, d };
const judgement = { trustworthiness: round(trust, 3), recall: round(recall, 3), clusters };
printRow({ bench: 'map', ...photos, ms: round(ms, 0), ...judgement });

/** The share of the true neighbours among those that a layout starts from. */
async function recallOfGraph(): Promise<number> {
  const kernels = nodeSimdKernels();
  const { k, neighbours } = await neighbourGraph(kernels, vectors, { d, k: NEIGHBOURS, seed });
  const queries = Float32Array.from(
    judged.flatMap((row) => [...vectors.subarray(row * d, (row + 1) * d)]),
  );
  const ids = Uint32Array.from({ length: n }, (_, row) => row + 1);
  const truth = exactNeighbours(kernels, 'l2sq', { d, ids, vectors }, queries, k + 1);
  let found = 0;
  judged.forEach((row, query) => {
    const near = new Set(neighbours.subarray(row * k, (row + 1) * k));
    const nearest = truth.subarray(query * (k + 1), (query + 1) * (k + 1));
    for (const id of [...nearest].filter((each) => each !== row + 1).slice(0, k)) {
      if (near.has(id - 1)) found++;
    }
  });
  return found / (judged.length * k);
}

/** The vectors the page holds, part by part: all at once would be too large a message. */
async function vectorsOf(count: number, width: number): Promise<Float32Array> {
  const all = new Float32Array(count * width);
  for (let from = 0; from < count; from += PART) {
    const base64 = await page.evaluate(
      ([first, last]) => {
        const { benchVectors } = window as unknown as { benchVectors: Float32Array };
        const bytes = new Uint8Array(benchVectors.slice(first, last).buffer);
        let text = '';
        for (let at = 0; at < bytes.length; at += 8_192) {
          text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
        }
        return btoa(text);
      },
      [from * width, Math.min(count, from + PART) * width] as const,
    );
    const bytes = Buffer.from(base64, 'base64');
    all.set(
      new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
      from * width,
    );
  }
  return all;
}

/** Imports the photos of a folder and of its folders. */
async function importFolder(folder: string): Promise<void> {
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(jpe?g|png|webp|avif)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (let from = 0; from < paths.length; from += 200) {
    const report = await importPaths(page, paths.slice(from, from + 200));
    say(`${folder}: ${report.imported.length} photos`);
  }
}
