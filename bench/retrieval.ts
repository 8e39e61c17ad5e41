/**
 * How often is the nearest photo of the same class? Leave-one-out over a folder of class folders,
 * through the real pipeline in a real browser.
 *
 *   npm run bench:retrieval -- ../shared/data/clothing [--detailed] [--rerank]
 *
 * With `--rerank`, also by the vectors averaged with those of their nearest photos.
 */
import { openApp, startSession } from '../scripts/session.ts';
import { exportedVectors, importClassFolders } from './browser/classFolders.ts';
import { averagePrecision, precisionAt } from './browser/ranking.ts';
import { rerankRows } from './browser/rerank.ts';
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
// The nearest five from the app's own search; the whole ranking, for mAP, from its vectors.
const nearest = await page.evaluate(async (all) => {
  const answers: number[][] = [];
  for (const id of all) {
    const { hits } = await window.akin!.search(id, { k: 5 });
    answers.push(hits.map((hit) => hit.id));
  }
  return answers;
}, ids);
const exported = await exportedVectors(page);
const stats = await page.evaluate(() => window.akin!.stats());
await session.close();

const relevant = (query: number) => (id: number) => classOf.get(id) === classOf.get(query);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
printRow({
  bench: 'retrieval',
  model,
  photos: ids.length,
  failed,
  precision1: round(mean(ids.map((id, i) => precisionAt(nearest[i]!, 1, relevant(id)))), 4),
  precision5: round(mean(ids.map((id, i) => precisionAt(nearest[i]!, 5, relevant(id)))), 4),
  map: round(
    mean(
      ids.map((id) =>
        averagePrecision(id, exported.ids, exported.vectors, exported.d, relevant(id)),
      ),
    ),
    4,
  ),
  msPerPhoto: round(ms / (ids.length + failed)),
  backend: stats.backend,
});
if (args.includes('--rerank')) {
  for (const { rerank, ...row } of rerankRows(exported, classOf)) {
    const rounded = Object.entries(row).map(([name, value]) => [name, round(value, 4)]);
    printRow({ bench: 'rerank', model, rerank, ...Object.fromEntries(rounded) });
  }
}
