/**
 * Where should a list of results end? Searches with photos of class folders in libraries that have
 * 0, 1 and 20 other photos of their class, beside photos of other classes and of other things. Prints
 * what the rule keeps of the true matches and shows of wrong ones, a row per set, size of the library
 * and number of matches.
 *
 *   npm run bench:cut -- ../shared/data/grocery/photos ../shared/data/clothing
 *     [--photos ../shared/data/photos] [--queries 160] [--fit]
 *
 * `rule` is the app's own; `elsewhere` the same, fitted on the other sets; `dozen` the rule before:
 * look-alikes, and at least a dozen similar photos. With `--fit`, also the model fitted to all sets,
 * and what becomes of `elsewhere` with other likelihoods required.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { featuresOf } from '../scripts/fit/features.ts';
import { committedFit, vectorsOf } from '../scripts/fit/models.ts';
import { labelledIn, picturesIn } from '../scripts/fit/pictures.ts';
import { checkInteger } from '../src/base/checks.ts';
import { LEAST_LIKELY } from '../src/query/index.ts';
import { oneIn } from '../src/vision/calibration.ts';
import { printRow, round, say } from './browser/rows.ts';
import {
  type ClassedVector,
  type CutCase,
  type CutScore,
  casesOf,
  endAtCut,
  endAtDozen,
  fitCut,
  scoreOf,
} from './cutCases.ts';

const MATCHES = [0, 1, 20];
/** Photos in the library that don't match; fewer if there aren't as many. */
const OTHERS = [40, 300, 1_200];
const SEED = 7;

const root = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: {
    photos: { type: 'string', default: join(root, '../shared/data/photos') },
    queries: { type: 'string', default: '160' },
    fit: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const queries = checkInteger('--queries', Number(values.queries), 1, 100_000);
const absent = [...positionals, values.photos].find((folder) => !existsSync(folder));
if (positionals.length === 0 || absent !== undefined) {
  say(`bench:cut: skipped, ${absent ?? 'no class folder'} is absent`);
  process.exit(0);
}

const fit = committedFit(root, 'visual-v2');
const nets = fit.parts.map(({ net }) => net);
async function vectors(pictures: readonly Buffer[]): Promise<readonly Float32Array[]> {
  return vectorsOf(fit, await featuresOf(pictures, nets, root));
}
const others = await vectors(picturesIn(values.photos));
const rest = others.map((vector): ClassedVector => ({ of: null, vector }));

const sets = new Map<string, { others: number; matches: number; cases: readonly CutCase[] }[]>();
for (const folder of positionals) {
  const name = basename(folder) === 'photos' ? basename(dirname(folder)) : basename(folder);
  const labelled = labelledIn(folder);
  const found = await vectors(labelled.map(({ bytes }) => bytes));
  const set = found.map((vector, i): ClassedVector => ({ of: labelled[i]!.label, vector }));
  say(`${name}: ${set.length} photos`);
  const groups = OTHERS.flatMap((count) =>
    MATCHES.map((matches) => {
      const options = { queries, matches, others: count, seed: SEED };
      const cases = casesOf(set, rest, options, (cosine) => oneIn(fit.calibration, cosine));
      return { others: count, matches, cases };
    }),
  );
  sets.set(name, groups);
}

const rounded = (score: CutScore) =>
  Object.fromEntries(Object.entries(score).map(([name, value]) => [name, round(value, 3)]));
const mean = (all: readonly number[]) => all.reduce((sum, value) => sum + value, 0) / all.length;
const casesIn = (names: readonly string[]) =>
  names.flatMap((name) => sets.get(name)!.flatMap(({ cases }) => cases));
const elsewhere = new Map(
  [...sets.keys()].map((name) => {
    const rest = [...sets.keys()].filter((other) => other !== name);
    return [name, rest.length > 0 ? fitCut(casesIn(rest)) : null] as const;
  }),
);

for (const [set, groups] of sets) {
  const model = elsewhere.get(set);
  for (const { others, matches, cases } of groups) {
    printRow({
      bench: 'cut',
      set,
      queries: cases.length,
      others,
      matches: round(mean(cases.map((each) => each.matches))),
      ofAsked: matches,
      rule: rounded(scoreOf(cases, endAtCut())),
      elsewhere: model ? rounded(scoreOf(cases, endAtCut(model))) : null,
      dozen: rounded(scoreOf(cases, endAtDozen)),
    });
  }
}
if (values.fit) {
  printRow({ bench: 'cut-fit', ...fitCut(casesIn([...sets.keys()])) });
  for (const leastLikely of [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5]) {
    const scores = MATCHES.map((matches) => {
      const all = [...sets].flatMap(([set, groups]) =>
        groups
          .filter((group) => group.matches === matches)
          .map(({ cases }) => scoreOf(cases, endAtCut(elsewhere.get(set)!, leastLikely))),
      );
      const of = (key: keyof CutScore) => round(mean(all.map((score) => score[key])), 3);
      return { matches, kept: of('kept'), wrong: of('wrong'), f1: of('f1') };
    });
    const f1 = round(mean(scores.map((score) => score.f1)), 3);
    printRow({ bench: 'cut-likely', leastLikely, used: leastLikely === LEAST_LIKELY, f1, scores });
  }
}
