import { fold } from './fold.ts';
import type { Entry, Lexicon } from './lexicon.ts';
import type { WordLanguage } from './singular.ts';

/** Maximum number of suggestions. */
const MOST = 10;

/** Penalties added to a word's cost: lower costs come first. */
const COST = {
  near: 4000,
  otherLanguage: 2000,
  latin: 900,
  inside: 300,
  /** Only everyday words were translated. */
  untranslated: 200,
  broad: 150,
  rank: 60,
  letter: 4,
};
/** Above this, more classes make a word no more common, */
const MANY_CLASSES = 20;
/** and from here on it is only a category: "carnivore", "covering". Dogs have 118. */
const BROAD_CLASSES = 120;

/** "Canis familiaris": a scientific name. */
const LATIN = /^[A-Z][a-z]+ [a-z]+( [a-z]+)?$/;

/**
 * Suggests words during typing: those with any part that starts with the text. Sorted once; a
 * suggestion then scans only the matching range and allocates only its result.
 */
export class Suggester {
  readonly #lexicon: Lexicon;
  readonly #entries: readonly Entry[];
  /** Each word from each of its parts on, sorted: "golden retriever", "retriever". */
  readonly #starts: readonly string[];
  readonly #owners: Uint32Array;
  /** Whether it starts at the word's first part. */
  readonly #first: Uint8Array;
  readonly #costs: Float64Array;
  readonly #best = new Uint32Array(MOST);
  readonly #bestCosts = new Float64Array(MOST);

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
    this.#entries = [...lexicon.entries];
    const parts: { start: string; owner: number; first: boolean }[] = [];
    for (const [owner, { folded }] of this.#entries.entries()) {
      for (let at = 0; at >= 0; at = folded.indexOf(' ', at)) {
        if (at > 0) at++;
        parts.push({ start: folded.slice(at), owner, first: at === 0 });
      }
    }
    parts.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.owner - b.owner));
    this.#starts = parts.map(({ start }) => start);
    this.#owners = Uint32Array.from(parts, ({ owner }) => owner);
    this.#first = Uint8Array.from(parts, ({ first }) => Number(first));
    this.#costs = Float64Array.from(this.#entries, (entry) => this.#cost(entry));
  }

  /**
   * Suggestions for a text, most likely first, each meaning once. Direct matches of the text, for
   * example as a plural, come first.
   */
  suggest(text: string, language: WordLanguage, limit = 8): readonly Entry[] {
    const prefix = fold(text.slice(0, 100));
    if (prefix === '') return [];
    const most = Math.min(limit, MOST);
    const found: Entry[] = [];
    const meant = this.#lexicon.find(text, language).filter(({ near }) => !near);
    for (const entry of meant) {
      if (found.length < most && !this.#repeats(entry, found)) found.push(entry);
    }
    const count = this.#collect(prefix, language);
    // Words of the other language help a user who types one, and would only confuse others.
    const own = found.length > 0 || this.#hasOwn(count, language);
    for (let i = 0; i < count && found.length < most; i++) {
      const entry = this.#entries[this.#best[i]!]!;
      if (own && entry.language !== language) continue;
      if (!this.#repeats(entry, found)) found.push(entry);
    }
    return found;
  }

  /**
   * Whether a meaning, or the same word for a subset of its classes, is already there: WordNet
   * separates solid food from food in general, which users don't.
   */
  #repeats(entry: Entry, found: readonly Entry[]): boolean {
    const classesOf = ({ place }: Entry) => this.#lexicon.vocabulary.synsets[place]!.classes;
    return found.some((other) => {
      if (other.place === entry.place && other.near === entry.near) return true;
      if (other.folded !== entry.folded || other.near !== entry.near) return false;
      const classes = new Set(classesOf(other));
      return classesOf(entry).some((id) => classes.has(id));
    });
  }

  #hasOwn(count: number, language: WordLanguage): boolean {
    for (let i = 0; i < count; i++) {
      if (this.#entries[this.#best[i]!]!.language === language) return true;
    }
    return false;
  }

  /** Fills `#best` and returns its length. */
  #collect(prefix: string, language: WordLanguage): number {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! < prefix) low = middle + 1;
      else high = middle;
    }
    let count = 0;
    for (let at = low; at < starts.length && starts[at]!.startsWith(prefix); at++) {
      const owner = this.#owners[at]!;
      const entry = this.#entries[owner]!;
      let cost = this.#costs[owner]!;
      if (this.#first[at] === 0) cost += COST.inside;
      if (entry.language !== language && !entry.near) cost += COST.otherLanguage;
      count = this.#offer(owner, cost, count);
    }
    return count;
  }

  /** Keeps the cheapest entries, one per meaning. */
  #offer(owner: number, cost: number, count: number): number {
    if (count === MOST && cost >= this.#bestCosts[MOST - 1]!) return count;
    const { place, near } = this.#entries[owner]!;
    let size = count;
    for (let i = 0; i < size; i++) {
      const other = this.#entries[this.#best[i]!]!;
      if (near || other.near || other.place !== place) continue;
      if (this.#bestCosts[i]! <= cost) return count;
      this.#best.copyWithin(i, i + 1, size);
      this.#bestCosts.copyWithin(i, i + 1, size);
      size--;
      break;
    }
    if (size < MOST) size++;
    let at = size - 1;
    for (; at > 0 && this.#bestCosts[at - 1]! > cost; at--) {
      this.#bestCosts[at] = this.#bestCosts[at - 1]!;
      this.#best[at] = this.#best[at - 1]!;
    }
    this.#bestCosts[at] = cost;
    this.#best[at] = owner;
    return size;
  }

  #cost({ word, folded, place, rank, near }: Entry): number {
    const classes = this.#lexicon.vocabulary.synsets[place]!.classes.length;
    const latin = LATIN.test(word) && rank > 0 ? COST.latin : 0;
    const letters = folded.length * COST.letter;
    if (near) return COST.near + latin + letters;
    const rare = this.#lexicon.isTranslated(place) ? 0 : COST.untranslated;
    const broad = classes > BROAD_CLASSES ? COST.broad : 0;
    return rank * COST.rank + letters + latin + rare + broad - Math.min(classes, MANY_CLASSES);
  }
}
