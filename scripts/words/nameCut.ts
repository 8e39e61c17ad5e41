import {
  isName,
  nameOf,
  type Vocabulary,
  type WordRows,
  type WordsByPlace,
} from '../../src/query/words/index.ts';
import { topClasses } from '../../src/vision/nets/topClasses.ts';
import { type Classifier, logitsOf } from './classifier.ts';
import { CLOTHING_NAMES, GROCERY_NAMES, GROCERY_STORE, type RightNames } from './labels.ts';

/** Required precision of names. */
const LEAST_PRECISION = 0.9;
const CUTS = Array.from({ length: 18 }, (_, i) => Number((0.1 + 0.05 * i).toFixed(2)));

interface Labelled {
  readonly label: string;
  /** From each part's model. */
  readonly features: readonly Float32Array[];
}

interface NameCutOptions {
  readonly vocabulary: Vocabulary;
  readonly german: WordsByPlace;
  readonly rows: WordRows;
  /** Of each part's model. */
  readonly classifiers: readonly Classifier[];
  readonly clothing: readonly Labelled[];
  /** By product. */
  readonly grocery: readonly Labelled[];
  readonly catalogue: string;
}

function above({ synsets }: Vocabulary, place: number, found = new Set<number>()): Set<number> {
  if (found.has(place)) return found;
  found.add(place);
  for (const parent of synsets[place]!.parents) above({ synsets } as Vocabulary, parent, found);
  return found;
}

/** Whether a name is right for a picture. */
function isRight(vocabulary: Vocabulary, name: number, right: RightNames): boolean {
  const place = (id: string) => {
    const at = vocabulary.placeOf(id);
    if (at < 0) throw new Error(`No synset ${id}.`);
    return at;
  };
  const upwards = [...(right.any ?? []), ...(right.above ?? [])].map(place);
  if (upwards.some((each) => above(vocabulary, each).has(name))) return true;
  const ofName = above(vocabulary, name);
  return (right.any ?? []).some((each) => ofName.has(place(each)));
}

/**
 * The smallest total probability from which names are precise enough on pictures outside the
 * model's training set. Fitted on every other picture of both sets, and validated on the rest.
 */
export function fitNameCut(options: NameCutOptions) {
  const { vocabulary, german, rows, classifiers, clothing, grocery, catalogue } = options;
  const groups = new Map(
    catalogue
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','))
      .map(([, sku, , group]) => [sku!, group!]),
  );
  const store = { any: [GROCERY_STORE] };
  const pictures = [
    ...clothing.map((each) => ({ ...each, set: 'clothing', right: [CLOTHING_NAMES[each.label]!] })),
    ...grocery.map((each) => {
      const right = [GROCERY_NAMES[groups.get(each.label)!]!, store];
      return { ...each, set: 'grocery', right };
    }),
  ].map((each) => ({
    ...each,
    top: topClasses(classifiers.map((classifier, p) => logitsOf(classifier, each.features[p]!))),
  }));
  // Words without an everyday equivalent were not translated.
  const mayBe = (place: number) => german.has(place) && isName(vocabulary, rows, place);

  const measure = (some: typeof pictures, cut: number) => {
    let named = 0;
    let right = 0;
    for (const { top, right: names } of some) {
      // Quantized, as stored.
      const probabilities = top.probabilities.map((p) => Math.round(255 * p) / 255);
      const name = nameOf(vocabulary, top.ids, probabilities, cut, mayBe);
      if (name < 0) continue;
      named++;
      if (names.some((each) => isRight(vocabulary, name, each))) right++;
    }
    const precision = named === 0 ? 1 : right / named;
    return { cut, named, of: some.length, precision: Number(precision.toFixed(3)) };
  };
  const chosenOn = pictures.filter((_, i) => i % 2 === 0);
  const heldOut = pictures.filter((_, i) => i % 2 === 1);
  const tried = CUTS.map((cut) => measure(chosenOn, cut));
  const enough = tried.findLastIndex(({ precision }) => precision < LEAST_PRECISION) + 1;
  const { cut } = tried[Math.min(enough, tried.length - 1)]!;
  const ofSet = (set: string) =>
    measure(
      pictures.filter((each) => each.set === set),
      cut,
    );
  return {
    cut,
    measured: {
      chosenOn: measure(chosenOn, cut),
      heldOut: measure(heldOut, cut),
      clothing: ofSet('clothing'),
      grocery: ofSet('grocery'),
    },
    tried,
  };
}
