/**
 * How often is the nearest photo of the same class? Leave-one-out over a folder of class folders,
 * through the real pipeline in a real browser.
 *
 *   npm run bench:retrieval -- ../shared/data/clothing [--detailed] [--rerank]
 *
 * With `--rerank`, also in the order of the cosines, without the library's neighborhood.
 */
import { openApp, startSession } from '../scripts/session.ts';
import { exportedVectors, importClassFolders } from './browser/classFolders.ts';
import { averagePrecision, precisionAt, rankingByIp } from './browser/ranking.ts';
import { type Answer, rerankRows } from './browser/rerank.ts';
import { printRow, round } from './browser/rows.ts';

const args = process.argv.slice(2);
const model = args.includes('--detailed') ? 'visual-v2-detailed' : 'visual-v2';
const folder = args.find((arg) => !arg.startsWith('--'));
if (!folder) throw new Error('Give a folder of class folders.');

const session = await startSession({ switches: ['--disable-gpu'] });
const { page } = session;
await openApp(session);
if (model !== 'visual-v2') await page.evaluate((id) => window.akin!.models.choose(id), model);

const { classOf, failed, ms } = await importClassFolders(page, folder);

const ids = [...classOf.keys()];
// From the app's own search; for mAP, followed by the rest in the order of the vectors.
const answers = await page.evaluate(async (all) => {
  const found: Answer[] = [];
  for (const query of all) {
    const { hits } = await window.akin!.search(query, { k: 240 });
    found.push({ query, hits: hits.map(({ id, cosine }) => ({ id, cosine })) });
  }
  return found;
}, ids);
const exported = await exportedVectors(page);
const stats = await page.evaluate(() => window.akin!.stats());
await session.close();

const relevant = (query: number) => (id: number) => classOf.get(id) === classOf.get(query);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rankings = answers.map(({ query, hits }) => {
  const found = hits.map(({ id }) => id);
  const listed = new Set(found);
  const all = rankingByIp(query, exported.ids, exported.vectors, exported.d);
  return { query, ranking: [...found, ...all.filter((id) => !listed.has(id))] };
});
const countOf = (query: number) => ids.filter(relevant(query)).length - 1;
printRow({
  bench: 'retrieval',
  model,
  photos: ids.length,
  failed,
  precision1: round(mean(rankings.map((r) => precisionAt(r.ranking, 1, relevant(r.query)))), 4),
  precision5: round(mean(rankings.map((r) => precisionAt(r.ranking, 5, relevant(r.query)))), 4),
  map: round(
    mean(rankings.map((r) => averagePrecision(r.ranking, relevant(r.query), countOf(r.query)))),
    4,
  ),
  msPerPhoto: round(ms / (ids.length + failed)),
  backend: stats.backend,
});
if (args.includes('--rerank')) {
  for (const { rerank, ...row } of rerankRows(answers, classOf)) {
    const rounded = Object.entries(row).map(([name, value]) => [name, round(value, 4)]);
    printRow({ bench: 'rerank', model, rerank, ...Object.fromEntries(rounded) });
  }
}
