import type { Block } from '../block.ts';
import { checkConnect, checkRelink, checkSearchLayer, listCount } from '../checkGraph.ts';
import type { GraphKernels, GraphQuery, GraphRows, LinkTable } from '../graph.ts';
import type { AddressOf, WasmModule } from './wasm.ts';

/** The graph kernels of the WebAssembly module. */
export function graphKernels(wasm: WasmModule, address: AddressOf): GraphKernels {
  const at = (block: Block | null) => (block === null ? 0 : address(block));

  function setRows(rows: GraphRows, query: GraphQuery | number): void {
    const { sq8 } = rows;
    wasm.graphRows(
      rows.metric === 'ip' ? 1 : 0,
      address(rows.vectors),
      rows.d,
      rows.count,
      at(sq8?.norms ?? null),
      at(sq8?.query16 ?? null),
      at(sq8?.weights ?? null),
      sq8?.factor ?? 0,
    );
    if (typeof query === 'number') wasm.graphQueryRow(query);
    else wasm.graphQuery(address(query.query), query.factor, query.base);
  }

  function setLinks(table: LinkTable, layer: number): void {
    const { links, starts, slots } = table;
    wasm.graphLinks(address(links), at(starts), listCount(table), slots, layer);
  }

  const cost = () => ({ compared: wasm.graphCompared() >>> 0, hops: wasm.graphHops() >>> 0 });

  return {
    searchLayer(rows, query, table, walk) {
      checkSearchLayer(rows, query, table, walk);
      setRows(rows, query);
      setLinks(table, walk.layer);
      const done = wasm.searchLayer(
        walk.entry,
        address(walk.scratch.visited),
        at(walk.skip),
        address(walk.found),
        address(walk.scratch.candidates),
        address(walk.scratch.list),
        walk.most,
        at(walk.log),
      );
      return done === 0 ? null : cost();
    },

    connect(rows, table, layer, row, found, most, scratch) {
      checkConnect(rows, table, layer, row, found, most, scratch);
      setRows(rows, row);
      setLinks(table, layer);
      wasm.connect(row, address(found), most, address(scratch));
      return wasm.graphCompared() >>> 0;
    },

    relink(rows, table, layer, row, list, count, pairs) {
      checkRelink(rows, table, layer, row, list, count, pairs);
      setRows(rows, row);
      setLinks(table, layer);
      wasm.relink(row, address(list), count, address(pairs));
      return wasm.graphCompared() >>> 0;
    },
  };
}
