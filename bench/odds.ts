/**
 * Are unrelated photos as rarely alike as Akin claims? Compares the claimed "1 in n" with its
 * actual frequency, on photos used for neither the mean nor the table, with 95 % intervals.
 *
 *   npm run bench:odds [-- visual-v2-detailed] [folder of the photo sets]
 *
 * `halves`: fitted to one half of the unrelated photos, tested on the other, both ways. `sets`: the
 * shipped fit, on clothes and groceries.
 */

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { calibrate } from '../scripts/fit/calibrate.ts';
import { featuresOf } from '../scripts/fit/features.ts';
import { committedFit, modelArgs, vectorsOf } from '../scripts/fit/models.ts';
import { labelledIn, picturesIn } from '../scripts/fit/pictures.ts';
import { meanOf } from '../scripts/fit/projection.ts';
import { createPrng, type Prng } from '../src/base/prng.ts';
import { oneIn } from '../src/vision/calibration.ts';
import { dot, pairCosines } from '../src/vision/cosines.ts';
import type { CalibrationTable } from '../src/vision/types.ts';
import { printRow, round } from './browser/rows.ts';

const CLAIMS = [10, 100, 1000, 5000];
/** Bootstrap resamples of the photos per interval: pairs that share a photo are not independent. */
const DRAWS = 1000;
const SEED = 11;

/** Pairs of photos by index, with their claimed odds. Photos of `b` may be those of `a`. */
interface Trial {
  readonly a: number;
  readonly b: number;
  readonly pairs: readonly { readonly i: number; readonly j: number; readonly n: number }[];
  /** Whether both sides are the same photos, with each pair counted once. */
  readonly within: boolean;
}

function trialWithin(vectors: readonly Float32Array[], table: CalibrationTable): Trial {
  const pairs = vectors.flatMap((x, i) =>
    vectors.slice(i + 1).map((y, k) => ({ i, j: i + 1 + k, n: oneIn(table, dot(x, y)) })),
  );
  return { a: vectors.length, b: vectors.length, pairs, within: true };
}

function trialBetween(
  as: readonly Float32Array[],
  bs: readonly Float32Array[],
  table: CalibrationTable,
): Trial {
  const pairs = as.flatMap((x, i) => bs.map((y, j) => ({ i, j, n: oneIn(table, dot(x, y)) })));
  return { a: as.length, b: bs.length, pairs, within: false };
}

/** How often each photo occurs in a bootstrap sample. */
function draw(count: number, prng: Prng): Float64Array {
  const times = new Float64Array(count);
  for (let i = 0; i < count; i++) times[prng.below(count)]! += 1;
  return times;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** Fraction of a trial's pairs claimed to be one in `claim` or rarer, also for the resamples. */
function shares(trials: readonly Trial[], claim: number): { share: number; drawn: number[] } {
  const prng = createPrng(SEED);
  const rare = trials.map(({ pairs }) => pairs.filter(({ n }) => n >= claim));
  const all = trials.reduce((total, { pairs }) => total + pairs.length, 0);
  const share = rare.reduce((total, pairs) => total + pairs.length, 0) / all;
  const drawn = Array.from({ length: DRAWS }, () => {
    let hits = 0;
    let total = 0;
    for (const [t, { a, b, within }] of trials.entries()) {
      const left = draw(a, prng);
      const right = within ? left : draw(b, prng);
      for (const { i, j } of rare[t]!) hits += left[i]! * right[j]!;
      const squares = sum(left.map((times) => times * times));
      total += within ? (sum(left) ** 2 - squares) / 2 : sum(left) * sum(right);
    }
    return hits / total;
  }).sort((x, y) => x - y);
  return { share, drawn };
}

function report(on: string, trials: readonly Trial[]): void {
  const pairs = trials.reduce((total, trial) => total + trial.pairs.length, 0);
  for (const claim of CLAIMS) {
    const { share, drawn } = shares(trials, claim);
    const found = (chance: number) => (chance > 0 ? round(1 / chance, claim < 100 ? 1 : 0) : null);
    printRow({
      bench: 'odds',
      on,
      pairs,
      claimedOneIn: claim,
      foundOneIn: found(share),
      // The more common end first.
      from: found(drawn[Math.floor(0.975 * DRAWS)]!),
      to: found(drawn[Math.floor(0.025 * DRAWS)]!),
      alike: round(share * pairs, 0),
    });
  }
}

const root = resolve(import.meta.dirname, '..');
const { model, data } = modelArgs(root);
const folders = ['photos', 'clothing', 'grocery/photos'].map((name) => join(data, name));
const absent = folders.find((folder) => !existsSync(folder));
if (absent !== undefined) {
  console.log(`bench:odds: skipped, ${absent} is absent`);
  process.exit(0);
}

const fit = committedFit(root, model);
const nets = fit.parts.map(({ net }) => net);

const photos = await featuresOf(picturesIn(folders[0]!), nets, root);
const halves = [0, 1].map((parity) => photos.filter((_, i) => i % 2 === parity));
const tried = halves.map((own, k) => {
  const parts = fit.parts.map(({ net, projection }, p) => {
    const mean = meanOf(own.map((features) => features[p]!));
    return { net, projection: { ...projection, mean } };
  });
  const table = calibrate(pairCosines(vectorsOf({ parts }, own)));
  return trialWithin(vectorsOf({ parts }, halves[1 - k]!), table);
});
report('halves', tried);

const vectorsIn = async (folder: string) =>
  vectorsOf(
    fit,
    await featuresOf(
      labelledIn(folder).map(({ bytes }) => bytes),
      nets,
      root,
    ),
  );
const clothes = await vectorsIn(folders[1]!);
const groceries = await vectorsIn(folders[2]!);
report('sets', [trialBetween(clothes, groceries, fit.calibration)]);
