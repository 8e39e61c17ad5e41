/**
 * A priority queue of tree nodes, lowest bound first, ties to the lower number: a binary heap in
 * arrays of fixed length, so that a search allocates nothing.
 */
export class NodeQueue {
  readonly #bounds: Float64Array<ArrayBuffer>;
  readonly #nodes: Uint32Array<ArrayBuffer>;
  #count = 0;

  /** @param capacity the most nodes queued at a time */
  constructor(capacity: number) {
    this.#bounds = new Float64Array(capacity);
    this.#nodes = new Uint32Array(capacity);
  }

  get bytes(): number {
    return this.#bounds.byteLength + this.#nodes.byteLength;
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** The lowest bound. Only if not empty. */
  get lowest(): number {
    return this.#bounds[0]!;
  }

  clear(): void {
    this.#count = 0;
  }

  push(bound: number, node: number): void {
    let hole = this.#count++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!isBefore(bound, node, this.#bounds[parent]!, this.#nodes[parent]!)) break;
      this.#set(hole, this.#bounds[parent]!, this.#nodes[parent]!);
      hole = parent;
    }
    this.#set(hole, bound, node);
  }

  /** Removes the node of the lowest bound and returns it. Only if not empty. */
  pop(): number {
    const first = this.#nodes[0]!;
    const count = --this.#count;
    const bound = this.#bounds[count]!;
    const node = this.#nodes[count]!;
    let hole = 0;
    for (let child = 1; child < count; child = 2 * hole + 1) {
      if (child + 1 < count && this.#isBeforeAt(child + 1, child)) child++;
      if (!isBefore(this.#bounds[child]!, this.#nodes[child]!, bound, node)) break;
      this.#set(hole, this.#bounds[child]!, this.#nodes[child]!);
      hole = child;
    }
    this.#set(hole, bound, node);
    return first;
  }

  #isBeforeAt(a: number, b: number): boolean {
    return isBefore(this.#bounds[a]!, this.#nodes[a]!, this.#bounds[b]!, this.#nodes[b]!);
  }

  #set(at: number, bound: number, node: number): void {
    this.#bounds[at] = bound;
    this.#nodes[at] = node;
  }
}

function isBefore(boundA: number, nodeA: number, boundB: number, nodeB: number): boolean {
  return boundA < boundB || (boundA === boundB && nodeA < nodeB);
}
