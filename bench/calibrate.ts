/**
 * Does teaching help? Learns from some photos of each class and measures the others: precision and
 * mAP before and after, for every method. Vectors come from the app in a real browser; what is
 * learned, and whether it would be adopted, from the code that the app runs, on WASM.
 *
 *   npm run bench:calibrate -- ../shared/data/clothing --labels 10
 *   npm run bench:calibrate -- ../shared/data/grocery/photos --labels 4
 *   npm run bench:calibrate -- ../shared/data/clothing --disjoint
 *   npm run bench:calibrate -- --synthetic 2000
 *   npm run bench:calibrate -- ../shared/data/clothing --pairs 50,100,200
 *
 * With `--disjoint`, learns from half of the classes and measures the other half. With `--draws N`,
 * prints the mean of N draws of labels (3 by default). `adopted` is the share of draws in which the
 * method was the one to adopt. With `--synthetic N`, only times learning from N labels.
 * With `--pairs N,…`, learns from N answers about pairs of half of the photos, answered by the classes,
 * and measures the other half: pairs that the app would ask about, and random ones.
 */
import { existsSync } from 'node:fs';
import { openApp, startSession } from '../scripts/session.ts';
import { standardModel } from '../src/workers/models/builtIn.ts';
import { exportedVectors, importClassFolders } from './browser/classFolders.ts';
import { printRow, round, say } from './browser/rows.ts';
import { type Labeled, type MethodRow, measureDraw, measureMethods } from './calibrate/draws.ts';
import { answeredDraw, type PairRule } from './calibrate/pairs.ts';
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
const pairs = args.includes('--pairs')
  ? args[args.indexOf('--pairs') + 1]!.split(',').map(Number)
  : [];
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
if (pairs.length > 0) {
  for (const count of pairs) {
    for (const rule of ['random', 'uncertain'] as const) await measurePairs(count, rule);
  }
  process.exit(0);
}
const byMethod = new Map<string, MethodRow[]>();
for (let seed = 1; seed <= draws; seed++) {
  const { rows } = await measureDraw(photos, { labels, disjoint, seed });
  for (const row of rows) byMethod.set(row.method, [...(byMethod.get(row.method) ?? []), row]);
  say(`draw ${seed} of ${draws}: ${rows.find((row) => row.adopted)?.method ?? 'none'} adopted`);
}
for (const [method, rows] of byMethod) {
  printRow({
    bench: 'calibrate',
    method,
    labels,
    disjoint,
    draws,
    weight: round(mean(rows.map(({ weight }) => weight)), 2),
    before: figures(rows, 'before'),
    after: figures(rows, 'after'),
    adopted: round(mean(rows.map(({ adopted }) => Number(adopted))), 2),
    ms: round(mean(rows.map(({ ms }) => ms))),
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function figures(rows: readonly MethodRow[], side: 'before' | 'after') {
  return {
    precision1: round(mean(rows.map((row) => row[side].precision1)), 3),
    precision5: round(mean(rows.map((row) => row[side].precision5)), 3),
    map: round(mean(rows.map((row) => row[side].map)), 3),
  };
}

/**
 * Prints what a number of answers gives, means over all draws: of the method that the
 * app chooses, whether or not it recommends it. Nothing changes in a draw with too little to learn from.
 */
async function measurePairs(count: number, rule: PairRule): Promise<void> {
  const table = standardModel.space.calibration;
  const chosen: MethodRow[] = [];
  const shapes: { alike: number; groups: number; photos: number }[] = [];
  let tooFew = 0;
  for (let seed = 1; seed <= draws; seed++) {
    const draw = answeredDraw(photos, table, { rule, count, seed });
    const { alike, train, groups } = draw;
    shapes.push({ alike, groups: new Set(groups).size, photos: train.length });
    const rows = await measureMethods(photos, draw, [0]);
    const best = rows.find((row) => row.best);
    if (best) chosen.push(best);
    else tooFew++;
    say(`${count} ${rule}, draw ${seed} of ${draws}: ${best?.method ?? 'too few'}`);
  }
  const of = (what: 'alike' | 'groups' | 'photos') => round(mean(shapes.map((s) => s[what])));
  printRow({
    ...{ bench: 'calibrate', pairs: count, rule, draws },
    ...{ alike: of('alike'), groups: of('groups'), photos: of('photos') },
    tooFew,
    methods: chosen.map(({ method, weight }) => `${method} ${weight}`),
    ...(chosen.length > 0 && {
      before: figures(chosen, 'before'),
      after: figures(chosen, 'after'),
      gain: round(mean([...chosen.map(gainOf), ...Array(tooFew).fill(0)]), 3),
    }),
    adopted: round(chosen.filter(({ adopted }) => adopted).length / draws, 2),
  });
}

function gainOf({ before, after }: MethodRow): number {
  return after.map - before.map;
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
