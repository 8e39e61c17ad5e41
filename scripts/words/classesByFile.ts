import { fold, keyOf } from '../../src/query/words/fold.ts';
import type { Vocabulary } from '../../src/query/words/index.ts';

/**
 * The classes that a photo may show per its file name: `great_white_shark.jpg`, or both for
 * `crane.jpg`.
 */
export function classesByFile(
  names: readonly string[],
  { synsets, classCount }: Vocabulary,
): number[][] {
  const byWord = new Map<string, number[]>();
  for (const [c, { words }] of synsets.slice(0, classCount).entries()) {
    for (const key of new Set(words.map((word) => keyOf(fold(word))))) {
      byWord.set(key, [...(byWord.get(key) ?? []), c]);
    }
  }
  return names.map((name) => {
    const classes = byWord.get(keyOf(fold(name.replace(/\.\w+$/, ''))));
    if (!classes) throw new Error(`${name} is named after no class.`);
    return classes;
  });
}
