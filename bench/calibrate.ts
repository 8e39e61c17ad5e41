/**
 * Does teaching help? Learns from some photos of each class and measures the others: precision and
 * mAP before and after, for every method. Vectors come from the app in a real browser; what is
 * learned, and whether it would be adopted, from the code that the app runs, on WASM.
 *
 *   npm run bench:calibrate -- ../shared/data/clothing --labels 10
 *   npm run bench:calibrate -- ../shared/data/grocery/photos --labels 4
 *   npm run bench:calibrate -- ../shared/data/clothing --disjoint
 *   npm run bench:calibrate -- --synthetic 2000
 *
 * With `--disjoint`, learns from half of the classes and measures the other half. With `--draws N`,
 * prints the mean of N draws of labels (3 by default). `adopted` is the share of draws in which the
 * method was the one to adopt. With `--synthetic N`, only times learning from N labels.
 */
import { existsSync } from 'node:fs';
import { openApp, startSession } from '../scripts/session.ts';
import { exportedVectors, importClassFolders } from './browser/classFolders.ts';
import { printRow, round, say } from './browser/rows.ts';
import { type Labeled, type MethodRow, measureDraw } from './calibrate/draws.ts';
import { syntheticLabels } from './calibrate/synthetic.ts';
import { openWasm } from './calibrate/wasm.ts';

const args = process.argv.slice(2);
const option = (name: string) => {
  const at = args.indexOf(name);
  return at < 0 ? null : Number(args[at + 1]);
};
const synthetic = option('--synthetic');
const labels = option('--labels');
const draws = option('--draws') ?? 3;
const disjoint = args.includes('--disjoint');
const folder = args.find((arg) => arg.includes('/'));

await openWasm();
if (synthetic !== null) {
  const { rows } = await measureDraw(syntheticLabels(synthetic), {
    labels: null,
    disjoint,
    seed: 1,
  });
  for (const { method, ms } of rows) {
    printRow({ bench: 'calibrate', method, labels: synthetic, synthetic: true, ms: round(ms) });
  }
  process.exit(0);
}
if (!folder || !existsSync(folder)) {
  say('Skipped: give a folder with a folder of photos for each class.');
  process.exit(0);
}

const photos = await importedVectors(folder);
const byMethod = new Map<string, MethodRow[]>();
for (let seed = 1; seed <= draws; seed++) {
  const { rows } = await measureDraw(photos, { labels, disjoint, seed });
  for (const row of rows) byMethod.set(row.method, [...(byMethod.get(row.method) ?? []), row]);
  say(`draw ${seed} of ${draws}: ${rows.find((row) => row.adopted)?.method ?? 'none'} adopted`);
}
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
for (const [method, rows] of byMethod) {
  const figures = (side: 'before' | 'after') => ({
    precision1: round(mean(rows.map((row) => row[side].precision1)), 3),
    precision5: round(mean(rows.map((row) => row[side].precision5)), 3),
    map: round(mean(rows.map((row) => row[side].map)), 3),
  });
  printRow({
    bench: 'calibrate',
    method,
    labels,
    disjoint,
    draws,
    weight: round(mean(rows.map(({ weight }) => weight)), 2),
    before: figures('before'),
    after: figures('after'),
    adopted: round(mean(rows.map(({ adopted }) => Number(adopted))), 2),
    ms: round(mean(rows.map(({ ms }) => ms))),
  });
}

async function importedVectors(path: string): Promise<Labeled> {
  const session = await startSession({ switches: ['--disable-gpu'] });
  await openApp(session);
  const { classOf, failed } = await importClassFolders(session.page, path);
  const { ids, d, vectors } = await exportedVectors(session.page);
  await session.close();
  if (failed > 0) say(`${failed} photos could not be imported`);
  const names = [...new Set(classOf.values())];
  return { d, vectors, classes: ids.map((id) => names.indexOf(classOf.get(id)!)) };
}
