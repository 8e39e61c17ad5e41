/**
 * How fast is an import, where does the time go, and does the page stay responsive? Imports the
 * photos of a folder through the real pipeline in a real browser.
 *
 *   npm run bench:photos -- ../shared/data/photos .bench/photos --count 500
 *   npm run bench:ingest -- .bench/photos
 *   npm run bench:ingest -- .bench/photos --count 300        only the first 300
 *   npm run bench:ingest -- .bench/photos --faces            scan for faces in the same pass
 *   npm run bench:ingest -- .bench/photos --warm 16          import the first 16 untimed
 *   npm run bench:ingest -- .bench/photos --backend webgpu   on a machine with a GPU
 *
 * `netsMs` is the models' time per photo in one worker on an idle machine: the median of five calls
 * with four photos, made before all else. `share` is the fraction of all cores that the models
 * alone account for: photosPerSecond * netsMs / (1000 * cores). `workers` is the number of
 * concurrent workers, and `peakMb` the peak memory of the page's process, workers included.
 * `msByStage.faces` is the time for a photo's faces, including the wait for other photos; without
 * `--warm`, it includes loading the models. Stages overlap, so `msByStage` sums to more than the
 * wall time.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importPaths, openApp, startSession } from '../scripts/session.ts';
import { checkInteger } from '../src/base/checks.ts';
import { backendNames } from '../src/vision/types.ts';
import { followMemory } from './browser/memory.ts';
import { printRow, round } from './browser/rows.ts';
import { percentile } from './percentile.ts';

const { values, positionals } = parseArgs({
  options: {
    faces: { type: 'boolean', default: false },
    warm: { type: 'string', default: '0' },
    count: { type: 'string', default: '1000000' },
    backend: { type: 'string', default: 'wasm' },
  },
  allowPositionals: true,
});
/** Photos used to time the models alone, and photos per call. */
const ALONE = 20;
const BATCH = 4;
const GPU = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];

const [folder] = positionals;
if (!folder) throw new Error('Give a folder of photos.');
const warm = checkInteger('--warm', Number(values.warm), 0, 1000);
const count = checkInteger('--count', Number(values.count), 1, 1_000_000);
const backend = backendNames.find((name) => name === values.backend);
if (!backend) throw new Error(`--backend is one of ${backendNames.join(', ')}.`);
const paths = readdirSync(folder)
  .filter((name) => !name.startsWith('.'))
  .sort()
  .slice(0, count)
  .map((name) => join(folder, name));

const onGpu = backend === 'webgpu' || backend === 'webgl';
const session = await startSession({ switches: onGpu ? GPU : ['--disable-gpu'] });
const { page } = session;
await openApp(session);
const { active } = await page.evaluate((name) => window.akin!.chooseBackend(name), backend);
if (active !== backend) throw new Error(`This machine has no ${backend}: ${active} runs instead.`);
const alone: number[] = [];
for (let i = 0; i < ALONE / BATCH; i++) {
  const { netMs: from } = await page.evaluate(() => window.akin!.timings());
  await importPaths(page, paths.splice(0, BATCH));
  const { netMs: to } = await page.evaluate(() => window.akin!.timings());
  alone.push((to - from) / BATCH);
}
const netsMs = percentile(alone, 0.5);
if (values.faces) await page.evaluate(() => window.akin!.faces.turnOn());
if (warm > 0) await importPaths(page, paths.splice(0, warm));
const before = await page.evaluate(() => window.akin!.timings());
const tensorsBefore = (await page.evaluate(() => window.akin!.stats())).tensors;
await page.evaluate(() => {
  const tasks: number[] = [];
  Object.assign(window, { longTasks: tasks });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(entry.duration);
  }).observe({ type: 'longtask' });
});

const memory = followMemory(session.context);
const from = performance.now();
const report = await importPaths(page, paths);
const ms = performance.now() - from;
const peakMb = await memory.stop();

const longTasks = await page.evaluate(
  () => (window as unknown as { longTasks: number[] }).longTasks,
);
const timings = await page.evaluate(() => window.akin!.timings());
const faces = await page.evaluate(() => window.akin!.faces.report());
const tensorsAfter = (await page.evaluate(() => window.akin!.stats())).tensors;

/** The timed photos. */
const photos = timings.photos - before.photos;
const stages = Object.entries(timings.msByStage).map(
  ([stage, total]) => [stage, total - (before.msByStage[stage] ?? 0)] as const,
);

const cores = await page.evaluate(() => navigator.hardwareConcurrency);
const photosPerSecond = (report.imported.length / ms) * 1000;
await session.close();

printRow({
  bench: 'ingest',
  photos: report.imported.length,
  failed: report.failed.length,
  photosPerSecond: round(photosPerSecond, 2),
  netsMs: round(netsMs, 1),
  workers: timings.workers,
  cores,
  share: round((photosPerSecond * netsMs) / (1000 * cores), 3),
  peakMb,
  msPerPhoto: round(ms / Math.max(1, report.imported.length)),
  msByStage: Object.fromEntries(
    stages.map(([stage, total]) => [stage, round(total / Math.max(1, photos))]),
  ),
  ...(values.faces && { faces: faces.faces, photosLooked: faces.scanned }),
  wallMs: round(ms, 0),
  longTasksOver50: longTasks.filter((task) => task > 50).length,
  longTasksOver100: longTasks.filter((task) => task > 100).length,
  tensorsBefore,
  tensorsAfter,
  backend: active,
});
