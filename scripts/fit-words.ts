/**
 * Fits words to the space of `visual-v2` or another built-in model and writes `words.json` and
 * `words.bin` into its folder under `models/`:
 *
 *     npm run fit:words [-- visual-v2-detailed] [folder of the photo sets]
 *
 * Projects the rows of the models' classifiers into the space, joining those of one class. Photos
 * of 700 subjects give the table from cosine to p-value, from the photos that don't show a word;
 * two labeled sets outside ImageNet give the cutoff for naming a photo. Run it after
 * `npm run fit`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTranslation, readVocabulary } from '../src/query/words/index.ts';
import { calibrate } from './fit/calibrate.ts';
import { featuresOf } from './fit/features.ts';
import { committedFit, modelArgs, vectorsOf } from './fit/models.ts';
import { labelledIn, picturesIn } from './fit/pictures.ts';
import { classesByFile } from './words/classesByFile.ts';
import { classifierOf } from './words/classifier.ts';
import { fitNameCut } from './words/nameCut.ts';
import { checkOdds, cosinesWithout, measureCut } from './words/odds.ts';
import { projectRows } from './words/projectRows.ts';

/**
 * See `mostChance`. About nine in ten of the photos that show a word are results. With 700 photos
 * of different subjects, a third of the results are right; for words that users have many photos
 * of, nearly all are.
 */
const CHANCE_PER_CLASS = 1 / 500;

const root = resolve(import.meta.dirname, '..');
const { model, data } = modelArgs(root);
const folders = ['photos', 'clothing', 'grocery/photos'].map((name) => join(data, name));
for (const folder of folders) {
  if (existsSync(folder)) continue;
  console.log(`fit-words: skipped, ${folder} is absent`);
  process.exit(0);
}
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(root, path), 'utf8'));
const vocabulary = readVocabulary(readJson('models/words/words.json'));
const german = readTranslation(readJson('models/words/de.json'), vocabulary);

const fit = committedFit(root, model);
const nets = fit.parts.map(({ net }) => net);
const classifiers = nets.map((net) => classifierOf(root, net));
const space = `${model}/${fit.id}/${fit.d}`;
const { bin, rows } = projectRows(classifiers, fit.parts, space);

const names = readdirSync(folders[0]!)
  .filter((name) => /\.(jpe?g|png|webp)$/i.test(name))
  .sort();
const features = vectorsOf(fit, await featuresOf(picturesIn(folders[0]!), nets, root));
const photos = classesByFile(names, vocabulary).map((classes, i) => ({
  classes,
  vector: features[i]!,
}));
const halves = [0, 1].map((half) => photos.filter((_, i) => i % 2 === half));
const held = checkOdds(
  calibrate(cosinesWithout(vocabulary, rows, halves[0]!)),
  cosinesWithout(vocabulary, rows, halves[1]!),
);
const calibration = calibrate(cosinesWithout(vocabulary, rows, photos));

const sets = [];
for (const folder of folders.slice(1)) {
  const labelled = labelledIn(folder);
  const taken = await featuresOf(
    labelled.map(({ bytes }) => bytes),
    nets,
    root,
  );
  sets.push(labelled.map(({ label }, i) => ({ label, features: taken[i]! })));
}
const named = fitNameCut({
  vocabulary,
  german,
  rows,
  classifiers,
  clothing: sets[0]!,
  grocery: sets[1]!,
  catalogue: readFileSync(join(data, 'grocery/catalogue.csv'), 'utf8'),
});

const record = {
  version: 1,
  space,
  d: rows.d,
  classes: rows.classCount,
  sha256: createHash('sha256').update(bin).digest('hex'),
  layout: [`scales float32 ${rows.classCount}`, `rows int8 ${rows.classCount} x ${rows.d}`],
  command: model === 'visual-v2' ? 'npm run fit:words' : `npm run fit:words -- ${model}`,
  chancePerClass: CHANCE_PER_CLASS,
  nameCut: named.cut,
  measured: {
    oddsOfOneHalfOnTheOther: held,
    cut: [1 / 1000, CHANCE_PER_CLASS, 1 / 100].map((perClass) =>
      measureCut(vocabulary, rows, photos, calibration, perClass),
    ),
    named: named.measured,
  },
  calibration,
};
const target = join(root, 'models', model);
writeFileSync(join(target, 'words.bin'), bin);
writeFileSync(join(target, 'words.json'), `${JSON.stringify(record, null, 2)}\n`);
spawnSync('npx', ['biome', 'format', '--write', join(target, 'words.json')], { cwd: root });
console.log(JSON.stringify(record.measured, null, 2), named.cut);
