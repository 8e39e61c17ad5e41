/**
 * How well does a word find the photos that show it? Searches for every group of a catalog that is
 * a known word among the photos of its products, in the app, through the index. A group known only
 * as a further noun counts as a fallback.
 *
 *   npm run bench:words -- ../shared/data/grocery/photos ../shared/data/grocery/catalogue.csv
 *     [--detailed]
 *
 * Without a catalog, the folders' names are the groups.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importPaths, openApp, startSession } from '../scripts/session.ts';
import { printRow, round, say } from './browser/rows.ts';

const args = process.argv.slice(2);
const model = args.includes('--detailed') ? 'visual-v2-detailed' : 'visual-v2';
const [folder, catalogue] = args.filter((arg) => !arg.startsWith('--'));
if (!folder) throw new Error('Give a folder of class folders, and a catalogue if there is one.');
for (const path of [folder, ...(catalogue ? [catalogue] : [])]) {
  if (existsSync(path)) continue;
  say(`words: skipped, ${path} is absent`);
  process.exit(0);
}

/** The group of each folder. */
const groups = new Map<string, string>();
if (catalogue) {
  const [head, ...lines] = readFileSync(catalogue, 'utf8').trim().split(/\r?\n/);
  const columns = head!.split(',');
  const [sku, group] = ['sku', 'group'].map((name) => columns.indexOf(name));
  if (sku! < 0 || group! < 0) throw new Error('The catalogue has no columns sku and group.');
  for (const line of lines) {
    const cells = line.split(',');
    groups.set(cells[sku!]!, cells[group!]!);
  }
}

const session = await startSession({ switches: ['--disable-gpu'] });
await openApp(session);
if (model !== 'visual-v2')
  await session.page.evaluate((id) => window.akin!.models.choose(id), model);
const groupOf = new Map<number, string>();
for (const entry of readdirSync(folder, { withFileTypes: true })) {
  const group = catalogue ? groups.get(entry.name) : entry.name;
  if (!entry.isDirectory() || group === undefined) continue;
  const paths = readdirSync(join(folder, entry.name))
    .filter((name) => !name.startsWith('.'))
    .map((name) => join(folder, entry.name, name));
  const report = await importPaths(session.page, paths);
  for (const id of report.imported) groupOf.set(id, group);
  say(`${entry.name}: ${report.imported.length} photos`);
}

/**
 * Average precision of the ranked results over all photos; photos not among the results count as
 * never found.
 */
function averagePrecision(ids: readonly number[], group: string): number {
  const relevant = [...groupOf.values()].filter((each) => each === group).length;
  let found = 0;
  let sum = 0;
  for (const [i, id] of ids.entries()) {
    if (groupOf.get(id) === group) sum += ++found / (i + 1);
  }
  return sum / relevant;
}

const known: number[] = [];
const fallbacks: number[] = [];
const found: number[] = [];
for (const group of new Set(groupOf.values())) {
  const answer = await session.page.evaluate(
    (text) => window.akin!.searchWord(text, { k: 1000, language: 'en' }),
    group.replaceAll('-', ' '),
  );
  if (!answer.known) {
    say(`${group}: unknown`);
    continue;
  }
  const ap = averagePrecision(
    answer.hits.map((hit) => hit.id),
    group,
  );
  (answer.exact ? known : fallbacks).push(ap);
  const within = answer.hits.slice(0, answer.answers);
  const right = within.filter((hit) => groupOf.get(hit.id) === group).length;
  if (answer.exact && within.length > 0) found.push(right / within.length);
  say(
    `${group}: ${answer.word}, AP ${ap.toFixed(3)}, ${right} of ${within.length} shown are right`,
  );
}
await session.close();

const mean = (values: readonly number[]) =>
  values.length === 0
    ? null
    : round(values.reduce((sum, value) => sum + value, 0) / values.length, 4);
printRow({
  bench: 'words',
  model,
  photos: groupOf.size,
  words: known.length,
  meanAP: mean(known),
  fallbacks: fallbacks.length,
  fallbackAP: mean(fallbacks),
  shownPrecision: mean(found),
});
