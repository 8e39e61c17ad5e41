import { AkinError } from '../../../../base/errors.ts';
import type { TreeStructure } from '../../inspection/structure.ts';
import type { OwnedBlocks } from '../../rows/ownedBlocks.ts';
import type { ForestNodes } from './forestBuild.ts';

/** The nodes of a forest, numbered over all trees, and the rows of their leaves. */
export class ForestTrees {
  readonly d: number;
  readonly ntotal: number;
  readonly nodes: Uint32Array<ArrayBuffer>;
  readonly planes: Float32Array<ArrayBuffer>;
  readonly roots: Uint32Array<ArrayBuffer>;
  readonly leafRows: Uint32Array<ArrayBuffer>;
  /** For each node, where its plane or its rows begin. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** The most rows of a leaf. */
  readonly largestLeaf: number;

  /**
   * @param leafRows trees × ntotal; copied, as all arrays
   * @throws `corrupt` unless every tree is one in preorder whose leaves hold each row once, ascending
   */
  constructor(
    memory: OwnedBlocks,
    d: number,
    ntotal: number,
    { nodes, planes, roots, leafRows }: ForestNodes & { readonly leafRows: Uint32Array },
  ) {
    this.d = d;
    this.ntotal = ntotal;
    this.nodes = memory.keep(nodes.slice());
    this.planes = memory.keep(planes.slice());
    this.roots = memory.keep(roots.slice());
    this.leafRows = memory.keep(leafRows.slice());
    this.starts = memory.keep(new Uint32Array(nodes.length / 2));
    this.#checkTrees();
    this.#checkRows();
    this.largestLeaf = nodes.reduce(
      (most, rows, i) => (i % 2 === 1 ? Math.max(most, rows) : most),
      0,
    );
  }

  get treeCount(): number {
    return this.roots.length;
  }

  get leafCount(): number {
    return (this.starts.length + this.treeCount) / 2;
  }

  /** The right child of a node; 0 if it is a leaf. */
  right(node: number): number {
    return this.nodes[2 * node]!;
  }

  /** The number of rows of a leaf. */
  rowCount(leaf: number): number {
    return this.nodes[2 * leaf + 1]!;
  }

  /** Where a node is: its tree, its number and its depth in that. Walks down: for traces only. */
  place(node: number): { readonly tree: number; readonly node: number; readonly depth: number } {
    let tree = this.treeCount - 1;
    while (this.roots[tree]! > node) tree--;
    const root = this.roots[tree]!;
    let depth = 0;
    for (let above = root; above !== node; depth++) {
      const right = this.right(above);
      above = node < right ? above + 1 : right;
    }
    return { tree, node: node - root, depth };
  }

  /** The forest without some rows, renumbered. @param rows that remain, ascending */
  without(rows: Uint32Array): ForestNodes & { readonly leafRows: Uint32Array<ArrayBuffer> } {
    const { nodes, planes, roots, ntotal } = this;
    if (rows.length === ntotal) return this;
    const numbers = new Uint32Array(ntotal).fill(0xffffffff);
    rows.forEach((row, number) => {
      numbers[row] = number;
    });
    const kept = new Uint32Array(rows.length * this.treeCount);
    const counted = nodes.slice();
    let filled = 0;
    for (let node = 0; node < this.starts.length; node++) {
      if (this.right(node) !== 0) continue;
      const before = filled;
      for (let i = 0; i < this.rowCount(node); i++) {
        const number = numbers[this.leafRows[this.starts[node]! + i]!]!;
        if (number !== 0xffffffff) kept[filled++] = number;
      }
      counted[2 * node + 1] = filled - before;
    }
    return { nodes: counted, planes, roots, leafRows: kept };
  }

  /** One tree as plain data; its nodes are numbered from 0. */
  structure(tree: number): TreeStructure {
    const { d, ntotal } = this;
    const root = this.roots[tree]!;
    const end = this.roots[tree + 1] ?? this.starts.length;
    const count = end - root;
    const inner = (count - 1) / 2;
    const arrays = () => new Uint32Array(count);
    const [left, right, cutOf, firstOf, countOf] = [
      arrays(),
      arrays(),
      arrays(),
      arrays(),
      arrays(),
    ];
    const normals = new Float32Array(inner * d);
    const offsets = new Float32Array(inner);
    let cuts = 0;
    for (let node = 0; node < count; node++) {
      const start = this.starts[root + node]!;
      if (this.right(root + node) === 0) {
        firstOf![node] = start - tree * ntotal;
        countOf![node] = this.rowCount(root + node);
        continue;
      }
      left![node] = node + 1;
      right![node] = this.right(root + node) - root;
      cutOf![node] = cuts;
      normals.set(this.planes.subarray(start, start + d), cuts * d);
      offsets[cuts++] = this.planes[start + d]!;
    }
    const rows = this.leafRows.slice(tree * ntotal, (tree + 1) * ntotal);
    return {
      left: left!,
      right: right!,
      cutOf: cutOf!,
      normals,
      offsets,
      rows,
      firstOf: firstOf!,
      countOf: countOf!,
    };
  }

  /** Reads the nodes in order: the next after a leaf must be the right child that was due last. */
  #checkTrees(): void {
    const { roots, starts, ntotal } = this;
    const due: number[] = [];
    let plane = 0;
    let row = 0;
    let tree = 0;
    for (let node = 0; node < starts.length; node++) {
      if (due.length === 0) {
        check(roots[tree] === node && row === tree * ntotal, `the root of tree ${tree}`);
        tree++;
      } else if (due.at(-1) === node) due.pop();
      const right = this.right(node);
      if (right === 0) {
        starts[node] = row;
        row += this.rowCount(node);
        check(row <= tree * ntotal, `the leaf ${node}`);
        const last = due.at(-1);
        check(last === undefined || last === node + 1, `the node after leaf ${node}`);
        continue;
      }
      starts[node] = plane * (this.d + 1);
      plane++;
      check(this.rowCount(node) === 0 && right > node + 1, `the node ${node}`);
      // Due before what is due already, or it would be outside of its parent's tree.
      check(right < (due.at(-1) ?? roots[tree] ?? starts.length), `the right child of ${node}`);
      due.push(right);
    }
    const isWhole = due.length === 0 && tree === roots.length && row === tree * ntotal;
    check(isWhole && plane * (this.d + 1) === this.planes.length, 'the trees');
  }

  #checkRows(): void {
    const { nodes, starts, leafRows, ntotal } = this;
    const treeOfRow = new Uint32Array(ntotal);
    for (let node = 0, at = 0, tree = 0; node < starts.length; node++) {
      if (this.roots[tree] === node) tree++;
      if (this.right(node) !== 0) continue;
      const end = at + nodes[2 * node + 1]!;
      for (let previous = -1; at < end; at++) {
        const row = leafRows[at]!;
        check(row < ntotal && row > previous && treeOfRow[row] !== tree, `row ${row} of a leaf`);
        treeOfRow[row] = tree;
        previous = row;
      }
    }
  }
}

function check(condition: boolean, what: string): void {
  if (!condition) throw new AkinError('corrupt', `the saved index is damaged: ${what}`);
}
