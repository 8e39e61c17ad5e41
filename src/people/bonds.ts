/**
 * Things that must be together and things that must not, each a number. What must be together is one
 * *bond*; a demand that contradicts those already taken is refused and changes nothing, so that what
 * was taken never contradicts itself.
 */
export class Bonds {
  readonly #parent: number[] = [];
  readonly #size: number[] = [];
  /** Of a root: the roots it must not be with. */
  readonly #foes = new Map<number, Set<number>>();

  /** A new thing, in a bond of its own. */
  add(): number {
    this.#parent.push(this.#parent.length);
    this.#size.push(1);
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
    const [kept, gone] = this.#size[a]! >= this.#size[b]! ? [a, b] : [b, a];
    this.#parent[gone] = kept;
    this.#size[kept]! += this.#size[gone]!;
    for (const foe of this.foesOf(gone)) {
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
    this.#foesFor(a).add(b);
    this.#foesFor(b).add(a);
    return true;
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
