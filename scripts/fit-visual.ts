/**
 * Fits `visual-v1` and writes `models/visual-v1/`:
 *
 *     npx tsx scripts/fit-visual.ts [photos folder] [folder of class folders]
 *
 * The photos (no two of one thing) and the pictures of the class folders go through the app's own
 * pipeline in a real browser; from the raw taps come the standardisation, the principal components
 * and, of the photos, the calibration of the similarity. Seeded: the same taps give the same files.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createPrng } from '../src/base/prng.ts';
import { D, JOINED_DIMS, readFit } from '../src/vision/fitFile.ts';
import { visualVector } from '../src/vision/visualVector.ts';
import { calibrate, checkCalibration, heldOutCosines } from './fit/calibrate.ts';
import { leaveOneOut } from './fit/evaluate.ts';
import { fitBytes, fitStatistics, split } from './fit/statistics.ts';
import { tapsOf } from './fit/taps.ts';

const SEED = 20_200;
const FOLDS = 5;

const root = resolve(import.meta.dirname, '..');
const [photosFolder, classesFolder] = [
  process.argv[2] ?? join(root, '../shared/data/photos'),
  process.argv[3] ?? join(root, '../shared/data/clothing'),
];
for (const folder of [photosFolder, classesFolder]) {
  if (!existsSync(folder)) {
    console.log(`fit-visual: skipped, ${folder} is absent`);
    process.exit(0);
  }
}

const picturesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /\.(jpe?g|png|webp)$/i.test(name))
    .sort()
    .map((name) => join(folder, name));

const photos = picturesIn(photosFolder);
const labelled = readdirSync(classesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()
  .flatMap((label) => picturesIn(join(classesFolder, label)).map((path) => ({ label, path })));

const taps = await tapsOf([...photos, ...labelled.map(({ path }) => path)], root);
const photoTaps = taps.slice(0, photos.length);
const labelledTaps = taps.slice(photos.length);

console.log('fitting');
const bin = fitBytes(fitStatistics(taps));
const sha256 = createHash('sha256').update(bin).digest('hex');
const id = sha256.slice(0, 12);

console.log('calibrating');
const folds = heldOutCosines(photoTaps, labelledTaps, FOLDS, createPrng(SEED));
const calibration = calibrate(folds.flat());
const halves = heldOutCosines(photoTaps, labelledTaps, 2, createPrng(SEED));
const held = checkCalibration(calibrate(halves[0]!), halves[1]!);

const fit = readFit({ version: 1, id, d: D, joinedDims: JOINED_DIMS, calibration }, bin, sha256);
const vectors = labelledTaps.map((tap) => visualVector(split(tap), fit));
const retrieval = leaveOneOut(
  vectors,
  labelled.map(({ label }) => label),
);
const record = {
  version: 1,
  id,
  sha256,
  d: D,
  joinedDims: JOINED_DIMS,
  layout: [
    `mean float32 ${JOINED_DIMS}`,
    `inverseDeviation float32 ${JOINED_DIMS}`,
    `bias float32 ${D}`,
    `rowScale float32 ${D}`,
    `components int8 ${D} x ${JOINED_DIMS}`,
  ],
  command: 'npx tsx scripts/fit-visual.ts',
  seed: SEED,
  inputs: { photos: photos.length, labelled: labelled.length },
  measured: {
    leaveOneOut: retrieval,
    calibrationOfOneHalfOnTheOther: held,
    calibrationPairs: folds.flat().length,
  },
  calibration,
};
const target = join(root, 'models/visual-v1');
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'fit.bin'), bin);
writeFileSync(join(target, 'fit.json'), `${JSON.stringify(record, null, 2)}\n`);
// As the rest of the repository is laid out, so that making it again changes no more than numbers.
spawnSync('npx', ['biome', 'format', '--write', target], { cwd: root });
console.log(JSON.stringify({ id, bytes: bin.byteLength, ...record.measured }, null, 2));
