import type { Block } from '../block.ts';
import { checkConnect, checkRelink, checkSearchLayer } from '../checkGraph.ts';
import type { GraphKernels, GraphQuery, GraphRows, LinkTable } from '../graph.ts';
import { connect, relink } from './graphConnect.ts';
import { searchLayer } from './graphWalk.ts';

/** @param own fails for a block that is not of these kernels */
export function graphKernels(own: (...blocks: (Block | null)[]) => void): GraphKernels {
  function ownTables(rows: GraphRows, query: GraphQuery | number, table: LinkTable): void {
    const { vectors, sq8 } = rows;
    own(vectors, table.links, table.starts, typeof query === 'number' ? null : query.query);
    if (sq8) own(sq8.norms, sq8.weights, sq8.query16);
  }

  return {
    searchLayer(rows, query, table, walk) {
      const { scratch, found, skip, log } = walk;
      ownTables(rows, query, table);
      own(scratch.visited, scratch.candidates, scratch.list, found, skip, log);
      checkSearchLayer(rows, query, table, walk);
      return searchLayer(rows, query, table, walk);
    },

    connect(rows, table, layer, row, found, most, scratch) {
      ownTables(rows, row, table);
      own(found, scratch);
      checkConnect(rows, table, layer, row, found, most, scratch);
      return connect(rows, table, layer, row, found, most);
    },

    relink(rows, table, layer, row, list, count, pairs) {
      ownTables(rows, row, table);
      own(list, pairs);
      checkRelink(rows, table, layer, row, list, count, pairs);
      return relink(rows, table, layer, row, list, count);
    },
  };
}
