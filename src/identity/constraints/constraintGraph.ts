/**
 * Things that must be together and things that must not, each a number. What must be together is one
 * *component*; a demand that contradicts those already taken is refused and changes nothing, so that what
 * was taken never contradicts itself.
 */
export class ConstraintGraph {
  readonly #parent: number[] = [];
  /**
   * Of a root: its things and all that was ever to be kept apart from them. The lighter of two components
   * moves, so that one with many cannot-links stays where it is and each is told of a new number a logarithmic
   * number of times, whatever the order in which a log has them.
   */
  readonly #weight: number[] = [];
  #moves = 0;
  /** Of a root: the roots it must not be with. */
  readonly #cannotLinks = new Map<number, Set<number>>();

  /** A new thing, in a component of its own. */
  addNode(): number {
    this.#parent.push(this.#parent.length);
    this.#weight.push(1);
    return this.#parent.length - 1;
  }

  /** The number of a thing's component: that of one of its things, the same for all of them. */
  componentOf(thing: number): number {
    let root = thing;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    for (let at = thing; at !== root; ) {
      const next = this.#parent[at]!;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  /** The components that a component must not be with. */
  cannotLinksOf(component: number): ReadonlySet<number> {
    return this.#cannotLinks.get(component) ?? NONE;
  }

  /** Joins two components. Returns the new one's number, or `undefined` where they must not be. */
  addMustLink(a: number, b: number): number | undefined {
    if (a === b) return a;
    if (this.cannotLinksOf(a).has(b)) return undefined;
    const [kept, gone] = this.#weight[a]! >= this.#weight[b]! ? [a, b] : [b, a];
    this.#parent[gone] = kept;
    this.#weight[kept]! += this.#weight[gone]!;
    for (const other of this.cannotLinksOf(gone)) {
      this.#moves++;
      this.#cannotLinksFor(other).delete(gone);
      this.#cannotLinksFor(other).add(kept);
      this.#cannotLinksFor(kept).add(other);
    }
    this.#cannotLinks.delete(gone);
    return kept;
  }

  /** Keeps two components apart for good. Returns false where they are one already. */
  addCannotLink(a: number, b: number): boolean {
    if (a === b) return false;
    if (this.cannotLinksOf(a).has(b)) return true;
    this.#cannotLinksFor(a).add(b);
    this.#cannotLinksFor(b).add(a);
    this.#weight[a]!++;
    this.#weight[b]!++;
    return true;
  }

  /** How many cannot-links had to be told of another number so far: what joining costs. */
  get moves(): number {
    return this.#moves;
  }

  #cannotLinksFor(component: number): Set<number> {
    let cannotLinks = this.#cannotLinks.get(component);
    if (!cannotLinks) {
      cannotLinks = new Set();
      this.#cannotLinks.set(component, cannotLinks);
    }
    return cannotLinks;
  }
}

const NONE: ReadonlySet<number> = new Set();
