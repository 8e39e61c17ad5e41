/**
 * Writes `models/words/words.json` and `models/words/nouns.json`:
 *
 *     npx tsx scripts/convert-words.ts [folder of words.json, nouns.json, model.json, weights.bin]
 *
 * The vocabulary keeps its words; of the further nouns, only those remain whose closest synset is a
 * good stand-in (see `models/words/README.md` for the rule and its measurements).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { classRows } from './words/classRows.ts';
import { coherence, type Sources } from './words/coherence.ts';

/** Minimum mean cosine between the classes below a synset; below it they are unrelated. */
const LEAST_COHERENCE = 0.055;
/**
 * Maximum number of further nouns per class: above it, the classes are a random selection of the
 * synset's meaning.
 */
const MOST_NOUNS_PER_CLASS = 100;
/** The same for a synset's own words, which are rejected only in hopeless cases. */
const MOST_NOUNS_PER_CLASS_OWN = 500;

const root = resolve(import.meta.dirname, '..');
const folder = process.argv[2] ?? join(root, '../shared/data/models/efficientnet_lite1');
if (!existsSync(folder)) {
  console.log(`convert-words: skipped, ${folder} is absent`);
  process.exit(0);
}
const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const source = read('words.json') as Sources;
const nouns = read('nouns.json') as Record<string, string>;
const { words: german } = JSON.parse(readFileSync(join(root, 'models/words/de.json'), 'utf8')) as {
  words: Record<string, readonly string[]>;
};

/** Classes first, in the model's order; then their ancestors. */
const order = [
  ...source.classes,
  ...Object.keys(source.synsets)
    .filter((id) => !source.classes.includes(id))
    .sort(),
];
const place = new Map(order.map((id, i) => [id, i]));
const facts = coherence(source, classRows(folder));
const nounCount = new Map<string, number>();
for (const id of Object.values(nouns)) nounCount.set(id, (nounCount.get(id) ?? 0) + 1);

const perClass = (id: string) => (nounCount.get(id) ?? 0) / facts.get(id)!.classes;
const isClass = (id: string) => place.get(id)! < source.classes.length;
const standsFor = (id: string) =>
  isClass(id) ||
  // A stand-in is shown to the user, and “Showing “oscine”” helps no one. Everyday words were
  // translated.
  (Object.hasOwn(german, id) &&
    facts.get(id)!.physical &&
    facts.get(id)!.coherence >= LEAST_COHERENCE &&
    perClass(id) <= MOST_NOUNS_PER_CLASS);
const says = (id: string) =>
  facts.get(id)!.classes <= source.classes.length / 2 && perClass(id) <= MOST_NOUNS_PER_CLASS_OWN;

const synsets = order.map((id) => {
  const { words, parents } = source.synsets[id]!;
  return JSON.stringify([id, parents.map((parent) => place.get(parent)), says(id) ? words : []]);
});
const kept = new Map<string, string[]>();
for (const [noun, id] of Object.entries(nouns)) {
  if (!standsFor(id)) continue;
  const list = kept.get(id);
  if (list) list.push(noun);
  else kept.set(id, [noun]);
}
const lines = [...kept].map(([id, list]) => `${JSON.stringify(id)}:${JSON.stringify(list.sort())}`);
const target = join(root, 'models/words');
writeFileSync(
  join(target, 'words.json'),
  `{"version":1,"classes":${source.classes.length},"synsets":[\n${synsets.join(',\n')}\n]}\n`,
);
writeFileSync(
  join(target, 'nouns.json'),
  `{"version":1,"nouns":{\n${lines.sort().join(',\n')}\n}}\n`,
);
const total = [...kept.values()].reduce((sum, list) => sum + list.length, 0);
console.log(`${order.length} synsets; ${total} of ${Object.keys(nouns).length} further nouns kept`);
