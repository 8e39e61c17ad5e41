/**
 * Union-find of must-links, with cannot-links between its sets. Nodes are numbers; must-linked
 * nodes form a *component*. A link that contradicts those already added is refused and changes
 * nothing, so the graph is always consistent.
 */
export class ConstraintGraph {
  readonly #parent: number[] = [];
  /**
   * Of a root: its nodes plus all cannot-links ever added to them. Union by weight: a component
   * with many cannot-links stays in place, and each cannot-link is rewritten a logarithmic number
   * of times, whatever the order of the log.
   */
  readonly #weight: number[] = [];
  #moves = 0;
  /** Of a root: its cannot-linked roots. */
  readonly #cannotLinks = new Map<number, Set<number>>();

  /** Adds a node as a component of its own. */
  addNode(): number {
    this.#parent.push(this.#parent.length);
    this.#weight.push(1);
    return this.#parent.length - 1;
  }

  /** The component of a node: a representative node, the same for the whole component. */
  componentOf(node: number): number {
    let root = node;
    while (this.#parent[root] !== root) root = this.#parent[root]!;
    for (let at = node; at !== root; ) {
      const next = this.#parent[at]!;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  /** The components cannot-linked to a component. */
  cannotLinksOf(component: number): ReadonlySet<number> {
    return this.#cannotLinks.get(component) ?? NONE;
  }

  /** Merges two components. Returns the merged one, or `undefined` if they are cannot-linked. */
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

  /** Adds a cannot-link between two components. Returns false if they are already the same. */
  addCannotLink(a: number, b: number): boolean {
    if (a === b) return false;
    if (this.cannotLinksOf(a).has(b)) return true;
    this.#cannotLinksFor(a).add(b);
    this.#cannotLinksFor(b).add(a);
    this.#weight[a]!++;
    this.#weight[b]!++;
    return true;
  }

  /** Number of cannot-links rewritten so far: the cost of merging. */
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
