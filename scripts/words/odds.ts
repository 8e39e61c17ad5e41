import {
  mostChance,
  type Vocabulary,
  type WordRows,
  wordVector,
} from '../../src/query/words/index.ts';
import { oneIn } from '../../src/vision/calibration.ts';
import { dot } from '../../src/vision/cosines.ts';
import type { CalibrationTable } from '../../src/vision/types.ts';

/** A photo, with the classes that it may show per its name. */
export interface ShownPhoto {
  readonly classes: readonly number[];
  readonly vector: Float32Array;
}

/** Calls `visit` for every pair of word and photo. */
function pairs(
  { synsets }: Vocabulary,
  rows: WordRows,
  photos: readonly ShownPhoto[],
  visit: (cosine: number, shows: boolean, classes: number) => void,
): void {
  for (const { words, classes } of synsets) {
    if (words.length === 0) continue;
    const word = wordVector(rows, classes);
    const own = new Set(classes);
    for (const photo of photos) {
      visit(
        dot(word, photo.vector),
        photo.classes.some((c) => own.has(c)),
        classes.length,
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

/** How often photos that don't show a word actually reach the fit that the table rates one in n. */
export function checkOdds(table: CalibrationTable, cosines: readonly number[]) {
  return [10, 100, 1000, 10_000].map((promisedOneIn) => {
    const pairs = cosines.filter((cosine) => oneIn(table, cosine) >= promisedOneIn).length;
    return { promisedOneIn, foundOneIn: Math.round(cosines.length / pairs), pairs };
  });
}

/** Buckets of words by number of classes: upper bounds. */
const SIZES = [1, 5, 20, 60, 500];

/** Recall and precision of the results, by a word's number of classes. */
export function measureCut(
  vocabulary: Vocabulary,
  rows: WordRows,
  photos: readonly ShownPhoto[],
  table: CalibrationTable,
  perClass: number,
) {
  const tallies = SIZES.map(() => ({ shown: 0, found: 0, right: 0 }));
  pairs(vocabulary, rows, photos, (cosine, shows, classes) => {
    const tally = tallies[SIZES.findIndex((most) => classes <= most)]!;
    const found = 1 / oneIn(table, cosine) <= mostChance(classes, perClass);
    if (shows) tally.shown++;
    if (found) tally.found++;
    if (shows && found) tally.right++;
  });
  const round = (value: number) => Number(value.toFixed(4));
  return {
    perClass: round(perClass),
    byClasses: tallies.map(({ shown, found, right }, i) => ({
      upTo: SIZES[i]!,
      recall: round(right / shown),
      precision: round(right / found),
    })),
  };
}
