/**
 * What do colors gain? Searches with each photo of folders of class folders, through the real
 * pipeline in a real browser, with colors at several weights: precision of the nearest photo and
 * mean average precision, leave-one-out.
 *
 *   npm run bench:color -- ../shared/data/clothing ../shared/data/grocery/photos
 */
import { basename, dirname } from 'node:path';
import { openApp, startSession } from '../scripts/session.ts';
import { COLOR_WEIGHT } from '../src/base/colors/weight.ts';
import { importClassFolders } from './browser/classFolders.ts';
import { printRow, round } from './browser/rows.ts';

const WEIGHTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
/** As many as a query finds; more photos than that would be cut from the average precision. */
const K = 1_000;

const folders = process.argv.slice(2);
if (folders.length === 0) throw new Error('Give folders of class folders.');

interface Sum {
  precision1: number;
  map: number;
}
const totals = new Map<number, Sum>();

for (const folder of folders) {
  const session = await startSession({ switches: ['--disable-gpu'] });
  await openApp(session);
  const { classOf } = await importClassFolders(session.page, folder);
  const name = basename(folder) === 'photos' ? basename(dirname(folder)) : basename(folder);
  for (const weight of WEIGHTS) {
    const rankings = await session.page.evaluate(
      async ({ ids, colorWeight, k }) => {
        const found: number[][] = [];
        for (const photo of ids) {
          const answer = await window.akin!.query({ terms: [{ photo, colorWeight }], k });
          found.push(answer.ranked ? answer.hits.map(({ id }) => id) : []);
        }
        return found;
      },
      { ids: [...classOf.keys()], colorWeight: weight, k: K },
    );
    const queries = [...classOf.values()];
    const sum: Sum = { precision1: 0, map: 0 };
    for (const [i, ranking] of rankings.entries()) {
      const isRelevant = ranking.map((id) => classOf.get(id) === queries[i]);
      let found = 0;
      let precisions = 0;
      for (const [rank, relevant] of isRelevant.entries()) {
        if (relevant) precisions += ++found / (rank + 1);
      }
      sum.precision1 += isRelevant[0] ? 1 : 0;
      sum.map += found > 0 ? precisions / found : 0;
    }
    const [precision1, map] = [sum.precision1 / queries.length, sum.map / queries.length];
    const total = totals.get(weight) ?? { precision1: 0, map: 0 };
    totals.set(weight, { precision1: total.precision1 + precision1, map: total.map + map });
    printRow({
      bench: 'color',
      set: name,
      photos: queries.length,
      weight,
      used: weight === COLOR_WEIGHT,
      precision1: round(precision1, 4),
      map: round(map, 4),
    });
  }
  await session.close();
}
if (folders.length > 1) {
  for (const [weight, { precision1, map }] of totals) {
    printRow({
      bench: 'color',
      set: 'mean',
      weight,
      used: weight === COLOR_WEIGHT,
      precision1: round(precision1 / folders.length, 4),
      map: round(map / folders.length, 4),
    });
  }
}
