import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServedFile } from './served.ts';

/**
 * The words that photos can be searched for, and what turns them into vectors. Nearly all in one
 * folder, which is fetched when someone first types: see `src/pwa/lazyFiles.ts`.
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
      // In a space of its own, for those alone whose photos are in it.
      [join(root, `models/visual-v2-detailed/words.${kind}`), `visual-v2-detailed/rows.${kind}`],
    ]),
  ] as const;
  return files
    .filter(([file]) => existsSync(file!))
    .map(([file, path]) => ({ path: path!, read: () => readFileSync(file!) }));
}
