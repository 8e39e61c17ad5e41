import { bitmapBytes, getBit, setBit } from '../../kernels/bitmap.ts';
import type { TopKEntries } from '../../kernels/topK.ts';
import type { HopStep } from '../inspection/trace.ts';
import type { LinkLists } from './linkLists.ts';
import type { HopLog } from './navigableGraph.ts';

/** Tells what a walk looked at from the rows that it expanded. */
export class HopTracer {
  readonly #lists: LinkLists;
  readonly #layers: { readonly layer: number; readonly hops: TopKEntries }[] = [];

  constructor(lists: LinkLists) {
    this.#lists = lists;
  }

  /** Takes the hops of a layer. */
  readonly take: HopLog = (layer, hops) => {
    this.#layers.push({ layer, hops });
  };

  /**
   * The steps of the walk.
   *
   * @param ids of all rows
   * @param compared how many rows it compared: a limit may have cut the last hop short
   * @param compare the ids and keys of some rows
   */
  steps(
    ids: Uint32Array,
    compared: number,
    compare: (rows: Uint32Array) => TopKEntries,
  ): HopStep[] {
    let left = compared;
    return this.#layers.flatMap(({ layer, hops }) => {
      const met = new Uint8Array(bitmapBytes(ids.length));
      const meet = (row: number) => {
        if (getBit(met, row) || left === 0) return false;
        setBit(met, row, true);
        left--;
        return true;
      };
      return Array.from(hops.ids, (row, hop): HopStep => {
        if (hop === 0) meet(row);
        const fresh = this.#lists.list(layer, row).filter(meet);
        const near = compare(fresh);
        const keyOf = new Map(Array.from(near.ids, (id, i) => [id, near.keys[i]!]));
        const neighbours = fresh.map((other) => ids[other]!);
        return {
          step: 'hop',
          layer,
          id: ids[row]!,
          key: hops.keys[hop]!,
          neighbours,
          keys: Float32Array.from(neighbours, (id) => keyOf.get(id)!),
        };
      });
    });
  }
}
