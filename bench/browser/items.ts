import { createPrng, type Prng } from '../../src/base/prng.ts';
import { shuffle } from '../../src/base/shuffle.ts';
import {
  fitVerdict,
  ItemRanker,
  type ItemVectors,
  LEAST_NAMED,
  LIKE_EACH,
  type RankedItem,
  type ItemVerdict as Verdict,
  type VerdictSample,
} from '../../src/identity/index.ts';

/** Pictures of an item, as vectors of unit length. */
export interface BenchItem {
  readonly item: string;
  readonly photos: readonly Float32Array[];
  /** Its picture in the catalog. */
  readonly catalogue: Float32Array | null;
}

export interface ItemRow {
  readonly case: string;
  readonly items: number;
  /** Photos identified. */
  readonly photos: number;
  /** Share of the photos of known items whose item comes first, and within five. */
  readonly item1: number;
  readonly item5: number;
  /** Share of the photos of missing items that get a name; `null` if no item is missing. */
  readonly falseAccepts: number | null;
  /** Share of the photos of known items that get the right name. */
  readonly rightAccepts: number;
}

/** Seeded draws of known photos and missing items, over which rows are averaged. */
const DRAWS = 8;
/** Groups of items; the verdict for each is fitted on the other groups. */
const FOLDS = 4;
const FIT_DRAWS = 6;
const KNOWN = 3;

interface Setup {
  readonly known: readonly ItemVectors[];
  readonly queries: readonly { readonly item: string; readonly vector: Float32Array }[];
}

type Case = (items: readonly BenchItem[], seed: number) => Setup;

/** Only the catalog's pictures are known. */
const catalogue: Case = (items) => ({
  known: items.flatMap(({ item, catalogue: one }) => (one ? [{ item, vectors: [one] }] : [])),
  queries: items.flatMap(({ item, photos }) => photos.map((vector) => ({ item, vector }))),
});

/** Three photos of each item are known, and the catalog. */
const threeKnown: Case = (items, seed) => {
  const random = createPrng(seed);
  const drawn = items.map((each) => ({ ...each, photos: shuffled(each.photos, random) }));
  return {
    known: drawn.map(({ item, photos, catalogue: one }) => ({
      item,
      vectors: [...photos.slice(0, KNOWN), ...(one ? [one] : [])],
    })),
    queries: drawn.flatMap(({ item, photos }) =>
      photos.slice(KNOWN).map((vector) => ({ item, vector })),
    ),
  };
};

/** As another case, with half of the items missing from the catalog. */
const halfOf =
  (base: Case): Case =>
  (items, seed) => {
    const setup = base(items, seed);
    const order = shuffled(setup.known, createPrng(seed + 1_000));
    return { ...setup, known: order.slice(0, Math.ceil(order.length / 2)) };
  };

/** The rows of all cases. */
export function itemRows(items: readonly BenchItem[]): ItemRow[] {
  const hasCatalogue = items.some(({ catalogue: one }) => one !== null);
  return [
    ...(hasCatalogue ? [rowOf('catalogue', items, catalogue)] : []),
    rowOf('three-known', items, threeKnown),
    rowOf('half-unknown', items, halfOf(threeKnown)),
    ...(hasCatalogue ? [rowOf('half-unknown-catalogue', items, halfOf(catalogue))] : []),
  ];
}

/** The verdicts that all items give: the constants of `itemVerdict.ts`. */
export function verdictsOf(items: readonly BenchItem[]): { learned: Verdict; centered: Verdict } {
  return {
    learned: fitOn(items, halfOf(threeKnown)),
    centered: fitOn(items, halfOf(catalogue)),
  };
}

function rowOf(name: string, items: readonly BenchItem[], make: Case): ItemRow {
  const folds = foldsOf(items);
  // The verdict of an item's photos never saw any photo of that item.
  const verdicts = folds.map((fold) =>
    fitOn(
      items.filter((item) => !fold.includes(item)),
      name.startsWith('half') ? make : halfOf(make),
    ),
  );
  const foldOf = new Map(folds.flatMap((fold, at) => fold.map(({ item }) => [item, at] as const)));
  let [known, first, five, missing, falsely, rightly] = [0, 0, 0, 0, 0, 0];
  for (let draw = 0; draw < DRAWS; draw++) {
    const setup = make(items, draw + 1);
    const { ranker, names } = prepared(setup);
    for (const { item, vector } of setup.queries) {
      const ranked = ranker.rank(vector, setup.known, verdicts[foldOf.get(item)!]!);
      const named = ranked[0]!.probability >= LEAST_NAMED;
      if (names.has(item)) {
        known++;
        const place = ranked.findIndex((each) => each.item === item);
        if (place === 0) first++;
        if (place < 5) five++;
        if (place === 0 && named) rightly++;
      } else {
        missing++;
        if (named) falsely++;
      }
    }
  }
  return {
    case: name,
    items: items.length,
    photos: (known + missing) / DRAWS,
    item1: first / known,
    item5: five / known,
    falseAccepts: missing > 0 ? falsely / missing : null,
    rightAccepts: rightly / known,
  };
}

function fitOn(items: readonly BenchItem[], make: Case): Verdict {
  const samples: VerdictSample[] = [];
  for (let draw = 0; draw < FIT_DRAWS; draw++) {
    const setup = make(items, 100 + draw);
    const { ranker } = prepared(setup);
    for (const { item, vector } of setup.queries) {
      const [best, next] = ranker.rank(vector, setup.known) as [RankedItem, RankedItem];
      const margin = best.score - next.score;
      samples.push({ score: best.score, margin, right: best.item === item });
    }
  }
  return fitVerdict(samples);
}

function prepared({ known, queries }: Setup): { ranker: ItemRanker; names: Set<string> } {
  const d = queries[0]!.vector.length;
  return {
    ranker: ItemRanker.fit(d, known, likeItems(known, queries)),
    names: new Set(known.map(({ item }) => item)),
  };
}

/** As the app does: the photos nearest to each of the items' pictures. */
function likeItems(known: Setup['known'], queries: Setup['queries']): Float32Array[] {
  const chosen = new Set<Float32Array>();
  for (const { vectors } of known) {
    for (const picture of vectors) {
      const scored = queries.map(({ vector }) => ({ vector, cosine: dot(vector, picture) }));
      scored.sort((a, b) => b.cosine - a.cosine);
      for (const { vector } of scored.slice(0, LIKE_EACH)) chosen.add(vector);
    }
  }
  return [...chosen];
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function foldsOf(items: readonly BenchItem[]): BenchItem[][] {
  const order = shuffled(items, createPrng(99));
  return Array.from({ length: FOLDS }, (_, fold) => order.filter((_item, i) => i % FOLDS === fold));
}

function shuffled<T>(values: readonly T[], random: Prng): T[] {
  const copy = [...values];
  shuffle(copy, random);
  return copy;
}
