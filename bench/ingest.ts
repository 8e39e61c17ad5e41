/**
 * Where does an import's time go, and does the page stay smooth meanwhile? Imports the photos of a
 * folder through the real pipeline in a real browser.
 *
 *   npm run bench:photos -- ../shared/data/photos .bench/photos --count 500
 *   npm run bench:ingest -- .bench/photos
 *   npm run bench:ingest -- .bench/photos --faces    faces are looked for in the same pass
 *   npm run bench:ingest -- .bench/photos --warm 4   the first four come before the clock starts
 *
 * Without `--warm` the nets for faces are loaded on the clock; the others are loaded before it.
 * `msByStage.faces` is how long a photo's faces take, its turn among other photos included.
 * `shareOutsideNets` is the share of the import's wall time in which the nets that see
 * whole photos did not compute.
 * Stages overlap one another, so `msByStage` adds up to more than the wall time.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importPaths, openApp, startSession } from '../scripts/session.ts';
import { checkInteger } from '../src/base/checks.ts';
import { printRow, round } from './browser/rows.ts';

const { values, positionals } = parseArgs({
  options: {
    faces: { type: 'boolean', default: false },
    warm: { type: 'string', default: '0' },
  },
  allowPositionals: true,
});
const [folder] = positionals;
if (!folder) throw new Error('Give a folder of photos.');
const warm = checkInteger('--warm', Number(values.warm), 0, 1000);
const paths = readdirSync(folder)
  .filter((name) => !name.startsWith('.'))
  .sort()
  .map((name) => join(folder, name));

const session = await startSession({ switches: ['--disable-gpu'] });
const { page } = session;
await openApp(session);
if (values.faces) await page.evaluate(() => window.akin!.faces.turnOn());
if (warm > 0) await importPaths(page, paths.splice(0, warm));
const before = await page.evaluate(() => window.akin!.timings());
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
const faces = await page.evaluate(() => window.akin!.faces.report());
const tensorsAfter = (await page.evaluate(() => window.akin!.stats())).tensors;
await session.close();

/** Of the photos on the clock. */
const photos = timings.photos - before.photos;
const stages = Object.entries(timings.msByStage).map(
  ([stage, total]) => [stage, total - (before.msByStage[stage] ?? 0)] as const,
);

printRow({
  bench: 'ingest',
  photos: report.kept.length,
  failed: report.failed.length,
  photosPerSecond: round((report.kept.length / ms) * 1000, 2),
  msPerPhoto: round(ms / Math.max(1, report.kept.length)),
  msByStage: Object.fromEntries(
    stages.map(([stage, total]) => [stage, round(total / Math.max(1, photos))]),
  ),
  ...(values.faces && { faces: faces.faces, photosLooked: faces.looked }),
  wallMs: round(ms, 0),
  shareOutsideNets: round(1 - (timings.netMs - before.netMs) / ms, 3),
  longTasksOver50: longTasks.filter((task) => task > 50).length,
  longTasksOver100: longTasks.filter((task) => task > 100).length,
  tensorsBefore,
  tensorsAfter,
  backend: active,
});
