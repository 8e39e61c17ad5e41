/**
 * Fits `visual-v2` or another built-in model and writes its folder under `models/`:
 *
 *     npm run fit [-- visual-v2-detailed] [folder of the photo sets]
 *
 * Runs the photos (no two of one subject) through the app's own pipeline in a real browser. The
 * components come from each model's classifier and need no photos; the photos give the mean of the
 * features and the table from cosine to p-value; edited copies of some, and two labeled sets, give
 * the cutoffs. Deterministic: the same photos give the same files.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dot, pairCosines } from '../src/vision/cosines.ts';
import { readFit } from '../src/vision/nets/fit.ts';
import type { Projection } from '../src/vision/nets/projection.ts';
import { classRows } from '../src/vision/nets/weights.ts';
import { calibrate } from './fit/calibrate.ts';
import { copyCutoff, lookAlikeCutoff, nearestOf, precisionAbove } from './fit/cutoffs.ts';
import { leaveOneOut } from './fit/evaluate.ts';
import { featuresOf } from './fit/features.ts';
import { committedFit, FITTED, type FittedPart, modelArgs, vectorsOf } from './fit/models.ts';
import { copiesOf, labelledIn, picturesIn } from './fit/pictures.ts';
import { meanOf, projectionBytes, rowComponents } from './fit/projection.ts';
import { classifierOf } from './words/classifier.ts';

/** One of this many labeled photos is copied. */
const COPIED = 7;

const root = resolve(import.meta.dirname, '..');
const { model, data } = modelArgs(root);
const nets = FITTED[model]!.map(({ net }) => net);
const folders = ['photos', 'clothing', 'grocery/photos'].map((name) => join(data, name));
for (const folder of folders) {
  if (existsSync(folder)) continue;
  console.log(`fit-visual: skipped, ${folder} is absent`);
  process.exit(0);
}
const photos = picturesIn(folders[0]!);
const sets = folders.slice(1).map(labelledIn);
// From the larger pictures: one smaller than the model's input would be upscaled, hence blurred.
const copied = sets[0]!.filter((_, i) => i % COPIED === 0);
const copies = await Promise.all(copied.map(({ bytes }) => copiesOf(bytes)));

const features = await featuresOf(photos, nets, root);
const labelled: Float32Array[][][] = [];
for (const set of sets) {
  labelled.push(
    await featuresOf(
      set.map(({ bytes }) => bytes),
      nets,
      root,
    ),
  );
}
const copyFeatures = await featuresOf(copies.flat(), nets, root);

const heads = FITTED[model]!.map((part, p) => {
  const projection = part.as
    ? committedFit(root, part.as).parts[0]!.projection
    : fitProjection(
        part,
        features.map((each) => each[p]!),
      );
  return { net: part.net, d: part.d, dims: projection.dims, bytes: projectionBytes(projection) };
});
const bin = Uint8Array.from(Buffer.concat(heads.map(({ bytes }) => bytes)));
const sha256 = createHash('sha256').update(bin).digest('hex');
const id = sha256.slice(0, 12);
const head = {
  version: 3,
  id,
  d: heads.reduce((sum, { d }) => sum + d, 0),
  parts: heads.map(({ net, d, dims }) => ({ net, d, dims })),
};
const fit = readFit(
  { ...head, calibration: { cosine: [0, 1], log10Chance: [0, -1] } },
  bin,
  sha256,
);
const vectors = vectorsOf(fit, features);
const cosines = pairCosines(vectors);
const tried = sets.map((set, i) => {
  const own = vectorsOf(fit, labelled[i]!);
  const labels = set.map(({ label }) => label);
  return { own, labels, hits: nearestOf(own, labels) };
});
const perPhoto = copies[0]!.length;
const copyCosines = vectorsOf(fit, copyFeatures).map((copy, i) =>
  dot(copy, tried[0]!.own[COPIED * Math.floor(i / perPhoto)]!),
);
const nearDuplicate = Number(copyCutoff(copyCosines).toFixed(3));
const lookAlike = Number(lookAlikeCutoff(tried.flatMap(({ hits }) => hits)).toFixed(3));
const round = (value: number) => Number(value.toFixed(4));
const record = {
  ...head,
  sha256,
  nearDuplicate,
  lookAlike,
  layout: heads.flatMap(({ d, dims }) => [
    `mean float32 ${dims}`,
    `rowScale float32 ${d}`,
    `components int8 ${d} x ${dims}`,
  ]),
  command: model === 'visual-v2' ? 'npm run fit' : `npm run fit -- ${model}`,
  inputs: { photos: photos.length, copies: copyCosines.length, pairs: cosines.length },
  measured: {
    unrelatedAboveNearDuplicate: cosines.filter((cosine) => cosine >= nearDuplicate).length,
    unrelatedAboveLookAlike: cosines.filter((cosine) => cosine >= lookAlike).length,
    sets: tried.map(({ own, labels, hits }, i) => {
      const { precision1, precision5, map } = leaveOneOut(own, labels);
      const above = precisionAbove(hits, lookAlike);
      return {
        set: ['clothing', 'grocery/photos'][i],
        ...{ precision1: round(precision1), precision5: round(precision5), map: round(map) },
        ...{ rightAboveLookAlike: round(above.precision), shareAboveLookAlike: round(above.share) },
      };
    }),
  },
  calibration: calibrate(cosines),
};
const target = join(root, 'models', model);
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'fit.bin'), bin);
writeFileSync(join(target, 'fit.json'), `${JSON.stringify(record, null, 2)}\n`);
// Format like the rest of the repository, so that a rerun changes only numbers.
spawnSync('npx', ['biome', 'format', '--write', target], { cwd: root });
console.log(
  JSON.stringify(
    { id, bytes: bin.byteLength, nearDuplicate, lookAlike, ...record.measured },
    null,
    2,
  ),
);

/** @param features of unrelated photos, from the part's model */
function fitProjection({ net, d }: FittedPart, features: readonly Float32Array[]): Projection {
  const { kernel, dims, count } = classifierOf(root, net);
  const components = rowComponents(classRows(kernel, dims, count), dims, d);
  return { d, dims, mean: meanOf(features), ...components };
}
