/** The source `words.json`. */
export interface Sources {
  readonly classes: readonly string[];
  readonly synsets: Readonly<
    Record<string, { readonly words: readonly string[]; readonly parents: readonly string[] }>
  >;
}

export interface SynsetFacts {
  /** Number of classes at or below it. */
  readonly classes: number;
  /** Mean cosine between two of their directions; 1 for a single class. */
  readonly coherence: number;
  /** Whether it is a physical thing, rather than, say, a shape or relation. */
  readonly physical: boolean;
}

/** WordNet's "physical entity". */
const PHYSICAL = 'n00001930';

function above(source: Sources, id: string, found = new Set<string>()): Set<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const parent of source.synsets[id]!.parents) above(source, parent, found);
  return found;
}

/** Coherence of the classes below each synset. */
export function coherence(
  source: Sources,
  rows: readonly Float32Array[],
): ReadonlyMap<string, SynsetFacts> {
  const dims = rows[0]!.length;
  const sums = new Map<string, { classes: number; sum: Float64Array }>();
  for (const [c, id] of source.classes.entries()) {
    for (const each of above(source, id)) {
      const entry = sums.get(each) ?? { classes: 0, sum: new Float64Array(dims) };
      entry.classes++;
      for (let i = 0; i < dims; i++) entry.sum[i]! += rows[c]![i]!;
      sums.set(each, entry);
    }
  }
  return new Map(
    [...sums].map(([id, { classes: n, sum }]) => {
      // For n unit vectors: |sum|² = n + n (n - 1) · mean cosine.
      const squared = sum.reduce((total, value) => total + value * value, 0);
      const mean = n === 1 ? 1 : (squared - n) / (n * (n - 1));
      const facts = { classes: n, coherence: mean, physical: above(source, id).has(PHYSICAL) };
      return [id, facts];
    }),
  );
}
