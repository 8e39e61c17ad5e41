/**
 * How often is the nearest photo of the same class? Leave-one-out over a folder of class folders,
 * through the real pipeline in a real browser.
 *
 *   npm run bench:retrieval -- ../shared/data/clothing [--detailed]
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { importPaths, openApp, startSession } from '../scripts/session.ts';
import { averagePrecision, precisionAt } from './browser/ranking.ts';
import { printRow, round, say } from './browser/rows.ts';

const args = process.argv.slice(2);
const model = args.includes('--detailed') ? 'visual-v2-detailed' : 'visual-v2';
const folder = args.find((arg) => !arg.startsWith('--'));
if (!folder) throw new Error('Give a folder of class folders.');

const session = await startSession({ switches: ['--disable-gpu'] });
const { page } = session;
await openApp(session);
if (model !== 'visual-v2') await page.evaluate((id) => window.akin!.models.choose(id), model);

const classOf = new Map<number, string>();
let failed = 0;
const from = performance.now();
for (const entry of readdirSync(folder, { withFileTypes: true })) {
  if (!entry.isDirectory()) continue;
  const paths = readdirSync(join(folder, entry.name))
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(folder, entry.name, name));
  const report = await importPaths(page, paths);
  for (const id of report.imported) classOf.set(id, entry.name);
  failed += report.failed.length;
  say(`${entry.name}: ${report.imported.length} photos`);
}
const ms = performance.now() - from;

const ids = [...classOf.keys()];
// The nearest five from the app's own search; the whole ranking, for mAP, from its vectors.
const nearest = await page.evaluate(async (all) => {
  const answers: number[][] = [];
  for (const id of all) {
    const { hits } = await window.akin!.search(id, { k: 5 });
    answers.push(hits.map((hit) => hit.id));
  }
  return answers;
}, ids);
const exported = await page.evaluate(async () => {
  const { ids: all, d, vectors } = await window.akin!.exportVectors();
  return { ids: [...all], d, vectors: [...vectors] };
});
const stats = await page.evaluate(() => window.akin!.stats());
await session.close();

const relevant = (query: number) => (id: number) => classOf.get(id) === classOf.get(query);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const vectors = Float32Array.from(exported.vectors);
printRow({
  bench: 'retrieval',
  model,
  photos: ids.length,
  failed,
  precision1: round(mean(ids.map((id, i) => precisionAt(nearest[i]!, 1, relevant(id)))), 4),
  precision5: round(mean(ids.map((id, i) => precisionAt(nearest[i]!, 5, relevant(id)))), 4),
  map: round(
    mean(ids.map((id) => averagePrecision(id, exported.ids, vectors, exported.d, relevant(id)))),
    4,
  ),
  msPerPhoto: round(ms / (ids.length + failed)),
  backend: stats.backend,
});
