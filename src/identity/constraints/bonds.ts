/**
 * Things that must be together and things that must not, each a number. What must be together is one
 * *bond*; a demand that contradicts those already taken is refused and changes nothing, so that what
 * was taken never contradicts itself.
 */
export class Bonds {
  readonly #parent: number[] = [];
  /**
   * Of a root: its things and all that was ever to be kept apart from them. The lighter of two bonds
   * moves, so that one with many foes stays where it is and each is told of a new number a logarithmic
   * number of times, whatever the order in which a log has them.
   */
  readonly #weight: number[] = [];
  #moves = 0;
  /** Of a root: the roots it must not be with. */
  readonly #foes = new Map<number, Set<number>>();

  /** A new thing, in a bond of its own. */
  add(): number {
    this.#parent.push(this.#parent.length);
    this.#weight.push(1);
    return this.#parent.length - 1;
  }

  /** The number of a thing's bond: that of one of its things, the same for all of them. */
  of(thing: number): number {
    let root = thing;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    for (let at = thing; at !== root; ) {
      const next = this.#parent[at]!;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  /** The bonds that a bond must not be with. */
  foesOf(bond: number): ReadonlySet<number> {
    return this.#foes.get(bond) ?? NONE;
  }

  /** Joins two bonds. Returns the new one's number, or `undefined` where they must not be. */
  join(a: number, b: number): number | undefined {
    if (a === b) return a;
    if (this.foesOf(a).has(b)) return undefined;
    const [kept, gone] = this.#weight[a]! >= this.#weight[b]! ? [a, b] : [b, a];
    this.#parent[gone] = kept;
    this.#weight[kept]! += this.#weight[gone]!;
    for (const foe of this.foesOf(gone)) {
      this.#moves++;
      this.#foesFor(foe).delete(gone);
      this.#foesFor(foe).add(kept);
      this.#foesFor(kept).add(foe);
    }
    this.#foes.delete(gone);
    return kept;
  }

  /** Keeps two bonds apart for good. Returns false where they are one already. */
  part(a: number, b: number): boolean {
    if (a === b) return false;
    if (this.foesOf(a).has(b)) return true;
    this.#foesFor(a).add(b);
    this.#foesFor(b).add(a);
    this.#weight[a]!++;
    this.#weight[b]!++;
    return true;
  }

  /** How many foes had to be told of another number so far: what joining costs. */
  get moves(): number {
    return this.#moves;
  }

  #foesFor(bond: number): Set<number> {
    let foes = this.#foes.get(bond);
    if (!foes) {
      foes = new Set();
      this.#foes.set(bond, foes);
    }
    return foes;
  }
}

const NONE: ReadonlySet<number> = new Set();
