/** Disjoint sets of members (union-find), some of which are to stay apart. */
export class ApartSets {
  readonly #parents = new Map<string, string>();
  readonly #sizes = new Map<string, number>();
  /** By root: the roots of the sets that it must not be joined with. */
  readonly #apart = new Map<string, Set<string>>();

  /** Joins the sets of two members. Returns false, and changes nothing, if they are to stay apart. */
  join(a: string, b: string): boolean {
    const [one, other] = [this.root(a), this.root(b)];
    if (this.#apart.get(one)?.has(other)) return false;
    const [oneSize, otherSize] = [this.#sizes.get(one) ?? 1, this.#sizes.get(other) ?? 1];
    const [into, from] = oneSize < otherSize ? [other, one] : [one, other];
    this.#parents.set(one, into);
    this.#parents.set(other, into);
    if (into === from) return true;
    this.#sizes.set(into, oneSize + otherSize);
    const moved = this.#apart.get(from);
    if (!moved) return true;
    this.#apart.delete(from);
    for (const enemy of moved) {
      this.#apart.get(enemy)!.delete(from);
      this.#keepApart(into, enemy);
    }
    return true;
  }

  /** Keeps the sets of two members apart. Returns false, and changes nothing, if they are one set. */
  separate(a: string, b: string): boolean {
    const [one, other] = [this.root(a), this.root(b)];
    if (one === other) return false;
    this.#keepApart(one, other);
    return true;
  }

  areApart(a: string, b: string): boolean {
    return this.#apart.get(this.root(a))?.has(this.root(b)) ?? false;
  }

  /** The member that stands for a member's set, as long as no sets are joined. */
  root(of: string): string {
    // With path halving.
    let at = of;
    for (;;) {
      const parent = this.#parents.get(at) ?? at;
      if (parent === at) return at;
      const next = this.#parents.get(parent) ?? parent;
      this.#parents.set(at, next);
      at = next;
    }
  }

  /** All sets with a member that was joined, by root, in the order their members were first joined. */
  all(): ReadonlyMap<string, readonly string[]> {
    const sets = new Map<string, string[]>();
    for (const member of this.#parents.keys()) {
      const root = this.root(member);
      const set = sets.get(root);
      if (set) set.push(member);
      else sets.set(root, [member]);
    }
    return sets;
  }

  #keepApart(one: string, other: string): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const set = this.#apart.get(from);
      if (set) set.add(to);
      else this.#apart.set(from, new Set([to]));
    }
  }
}
