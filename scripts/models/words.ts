import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServedFile } from './served.ts';

/**
 * The searchable words, and the data for their vectors. Nearly all in one folder, fetched when the
 * user first types: see `src/pwa/lazyFiles.ts`.
 */
export function words(root: string): ServedFile[] {
  const list = join(root, 'models/words');
  const files = [
    ...['words.json', 'de.json', 'nouns.json', 'LICENSE.txt'].map((file) => [
      join(list, file),
      `words/${file}`,
    ]),
    ...['json', 'bin'].flatMap((kind) => [
      [join(root, `models/visual-v2/words.${kind}`), `words/rows.${kind}`],
      // In a folder of its own, fetched only if the photos are in its space.
      [join(root, `models/visual-v2-detailed/words.${kind}`), `visual-v2-detailed/rows.${kind}`],
    ]),
  ] as const;
  return files
    .filter(([file]) => existsSync(file!))
    .map(([file, path]) => ({ path: path!, read: () => readFileSync(file!) }));
}
