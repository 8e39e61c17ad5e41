/**
 * Where does an import's time go, and does the page stay smooth meanwhile? Imports the photos of a
 * folder through the real pipeline in a real browser.
 *
 *   npm run bench:photos -- ../shared/data/photos .bench/photos --count 500
 *   npm run bench:ingest -- .bench/photos
 *
 * `shareOutsideNets` is the share of the import's wall time in which the nets did not compute.
 * Stages overlap one another, so `msByStage` adds up to more than the wall time.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { importPaths, openApp, startSession } from '../scripts/session.ts';
import { printRow, round } from './browser/rows.ts';

const folder = process.argv[2];
if (!folder) throw new Error('Give a folder of photos.');
const paths = readdirSync(folder)
  .filter((name) => !name.startsWith('.'))
  .map((name) => join(folder, name));

const session = await startSession({ switches: ['--disable-gpu'] });
const { page } = session;
await openApp(session);
const { active } = await page.evaluate(() => window.akin!.backend());
const tensorsBefore = (await page.evaluate(() => window.akin!.stats())).tensors;
await page.evaluate(() => {
  const tasks: number[] = [];
  Object.assign(window, { longTasks: tasks });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(entry.duration);
  }).observe({ type: 'longtask' });
});

const from = performance.now();
const report = await importPaths(page, paths);
const ms = performance.now() - from;

const longTasks = await page.evaluate(
  () => (window as unknown as { longTasks: number[] }).longTasks,
);
const timings = await page.evaluate(() => window.akin!.timings());
const tensorsAfter = (await page.evaluate(() => window.akin!.stats())).tensors;
await session.close();

printRow({
  bench: 'ingest',
  photos: report.kept.length,
  failed: report.failed.length,
  photosPerSecond: round((report.kept.length / ms) * 1000, 2),
  msByStage: Object.fromEntries(
    Object.entries(timings.msByStage).map(([stage, total]) => [
      stage,
      round(total / Math.max(1, timings.photos)),
    ]),
  ),
  wallMs: round(ms, 0),
  shareOutsideNets: round(1 - timings.netMs / ms, 3),
  longTasksOver50: longTasks.filter((task) => task > 50).length,
  longTasksOver100: longTasks.filter((task) => task > 100).length,
  tensorsBefore,
  tensorsAfter,
  backend: active,
});
