/**
 * What do marks gain? Searches with each photo of a folder of class folders, marks the first 1, 3
 * and 5 results by their class, and measures the precision of the next ten, for several weights of
 * the negative examples.
 *
 *   npm run bench:feedback -- ../shared/data/clothing
 */
import { openApp, startSession } from '../scripts/session.ts';
import { LESS } from '../src/query/index.ts';
import { exportedVectors, importClassFolders } from './browser/classFolders.ts';
import { feedback } from './browser/feedback.ts';
import { printRow, round } from './browser/rows.ts';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('Give a folder of class folders.');

const session = await startSession({ switches: ['--disable-gpu'] });
await openApp(session);
const { classOf } = await importClassFolders(session.page, folder);
const exported = await exportedVectors(session.page);
await session.close();

for (const less of [0, 0.25, 0.5, 0.75, 1]) {
  for (const marks of [1, 3, 5]) {
    const row = feedback(exported, classOf, marks, less);
    printRow({
      bench: 'feedback',
      photos: classOf.size,
      marks,
      less,
      used: less === LESS,
      precision10: round(row.precision10, 4),
      single10: round(row.single10, 4),
      gain: round(row.precision10 - row.single10, 4),
    });
  }
}
