/**
 * Which item does a photo show? For folders of items, of one picture of each, of three photos of
 * each, and with half of the items missing. Vectors come from the app in a real browser; ranking
 * and verdict are the app's own, the verdict fitted on other items than those measured.
 *
 *   npm run bench:items -- ../shared/data/grocery/photos --catalogue ../shared/data/grocery/catalogue
 *
 * With `--fit`, also prints the constants of `itemVerdict.ts`, fitted on all items.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { importPaths, openApp, startSession } from '../scripts/session.ts';
import { exportedVectors, importClassFolders } from './browser/classFolders.ts';
import { type BenchItem, itemRows, verdictsOf } from './browser/items.ts';
import { printRow, round, say } from './browser/rows.ts';

const args = process.argv.slice(2);
const at = args.indexOf('--catalogue');
const catalogue = at < 0 ? null : args[at + 1];
const folder = args.find((arg, i) => !arg.startsWith('--') && i !== at + 1) ?? args[0];
if (!folder || !existsSync(folder)) {
  say('Skipped: give a folder with a folder of photos for each item.');
  process.exit(0);
}
if (catalogue === undefined || (catalogue !== null && !existsSync(catalogue))) {
  throw new Error('--catalogue needs a folder with a picture of each item, named as its folder.');
}

const session = await startSession({ switches: ['--disable-gpu'] });
const { page } = session;
await openApp(session);
const { classOf, failed } = await importClassFolders(page, folder);
const pictureOf = new Map<number, string>();
for (const file of catalogue ? readdirSync(catalogue).sort() : []) {
  const report = await importPaths(page, [join(catalogue!, file)]);
  for (const id of report.imported) pictureOf.set(id, basename(file, extname(file)));
}
const { ids, d, vectors } = await exportedVectors(page);
await session.close();
if (failed > 0) say(`${failed} photos could not be imported`);

const items = new Map<string, BenchItem & { photos: Float32Array[] }>();
ids.forEach((id, i) => {
  const name = classOf.get(id) ?? pictureOf.get(id);
  if (name === undefined) return;
  const vector = vectors.slice(i * d, (i + 1) * d);
  const item = items.get(name) ?? { item: name, photos: [], catalogue: null };
  if (classOf.has(id)) item.photos.push(vector);
  items.set(name, pictureOf.has(id) ? { ...item, catalogue: vector } : item);
});
const all = [...items.values()];
for (const row of itemRows(all)) {
  const rounded = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === 'number' ? round(value, 3) : value,
  ]);
  printRow({ bench: 'items', ...Object.fromEntries(rounded) });
}
if (args.includes('--fit')) printRow({ bench: 'items-fit', ...verdictsOf(all) });
