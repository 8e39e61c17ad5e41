import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServedFile } from './served.ts';

/** The model whose space words are vectors of. */
const MODEL = 'visual-v2';

/**
 * The words that photos can be searched for, and what turns them into vectors. All in one folder,
 * which is fetched when someone first types: see `src/pwa/lazyFiles.ts`.
 */
export function words(root: string): ServedFile[] {
  const list = join(root, 'models/words');
  const fit = join(root, 'models', MODEL);
  const files = [
    ...['words.json', 'de.json', 'nouns.json', 'LICENSE.txt'].map((file) => [list, file, file]),
    [fit, 'words.json', 'rows.json'],
    [fit, 'words.bin', 'rows.bin'],
  ] as const;
  return files
    .filter(([folder, file]) => existsSync(join(folder!, file!)))
    .map(([folder, file, served]) => ({
      path: `words/${served}`,
      read: () => readFileSync(join(folder!, file!)),
    }));
}
