import type { GraphStructure } from '../inspection/structure.ts';
import type { LinkLists } from './linkLists.ts';

/** The links of a graph as plain data. */
export function graphStructure(lists: LinkLists): GraphStructure {
  const levels = Uint8Array.from({ length: lists.count }, (_, row) => lists.levelOf(row));
  const layers = Array.from({ length: lists.topLayer + 1 }, (_, layer) => {
    const starts = new Uint32Array(lists.count + 1);
    const neighbours: number[] = [];
    for (let row = 0; row < lists.count; row++) {
      if (levels[row]! >= layer) {
        for (const other of lists.list(layer, row)) neighbours.push(other);
      }
      starts[row + 1] = neighbours.length;
    }
    return { starts, neighbours: Uint32Array.from(neighbours) };
  });
  return { entry: lists.entry, levels, layers };
}
