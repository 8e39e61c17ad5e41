import { type Vocabulary, type WordRows, wordVector } from '../../src/query/words/index.ts';
import { oneIn } from '../../src/vision/calibration.ts';
import type { CalibrationTable } from '../../src/vision/types.ts';
import { dot } from '../fit/evaluate.ts';

/** A photo, and the classes that it may show by its name. */
export interface ShownPhoto {
  readonly classes: readonly number[];
  readonly vector: Float32Array;
}

/** Calls `visit` for every word with every photo. */
function pairs(
  { synsets }: Vocabulary,
  rows: WordRows,
  photos: readonly ShownPhoto[],
  visit: (cosine: number, shows: boolean) => void,
): void {
  for (const { words, classes } of synsets) {
    if (words.length === 0) continue;
    const word = wordVector(rows, classes);
    const own = new Set(classes);
    for (const photo of photos) {
      visit(
        dot(word, photo.vector),
        photo.classes.some((c) => own.has(c)),
      );
    }
  }
}

/** Cosines of words with the photos that don't show them. */
export function cosinesWithout(
  vocabulary: Vocabulary,
  rows: WordRows,
  photos: readonly ShownPhoto[],
): number[] {
  const cosines: number[] = [];
  pairs(vocabulary, rows, photos, (cosine, shows) => {
    if (!shows) cosines.push(cosine);
  });
  return cosines;
}

/** How often photos that don't show a word really fit it as well as the table gives to one in n. */
export function checkOdds(table: CalibrationTable, cosines: readonly number[]) {
  return [10, 100, 1000, 10_000].map((promisedOneIn) => {
    const pairs = cosines.filter((cosine) => oneIn(table, cosine) >= promisedOneIn).length;
    return { promisedOneIn, foundOneIn: Math.round(cosines.length / pairs), pairs };
  });
}

/** The share of photos showing a word that are within some chances. */
export function recallByChance(
  vocabulary: Vocabulary,
  rows: WordRows,
  photos: readonly ShownPhoto[],
  table: CalibrationTable,
) {
  const shown: number[] = [];
  pairs(vocabulary, rows, photos, (cosine, shows) => {
    if (shows) shown.push(oneIn(table, cosine));
  });
  return [10, 30, 100, 300, 1000].map((n) => ({
    oneIn: n,
    share: Number((shown.filter((odds) => odds >= n).length / shown.length).toFixed(4)),
  }));
}
