import type { IndexStructure, LabSample, PhotoId, TraceStep } from '../../../../protocol/index.ts';

export type Hop = Extract<TraceStep, { step: 'hop' }>;

/** A graph on the plane, and a walk through it. */
export interface WalkOnPlane {
  /** Links of each layer, the bottom first: pairs of rows of the sample. */
  readonly layers: readonly Uint32Array[];
  /** Photos in each layer. */
  readonly sizes: readonly number[];
  /** In order, from the top layer down. */
  readonly hops: readonly Hop[];
}

export function walkOf(
  { ids }: Pick<LabSample, 'ids'>,
  { ids: rowIds, graph }: IndexStructure,
  trace: readonly TraceStep[],
): WalkOnPlane {
  const { levels, layers } = graph!;
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  const place = Uint32Array.from(rowIds, (id) => rowOf.get(id)!);
  return {
    layers: layers.map(({ starts, neighbours }) => {
      const links: number[] = [];
      for (let row = 0; row + 1 < starts.length; row++) {
        for (let at = starts[row]!; at < starts[row + 1]!; at++) {
          const other = neighbours[at]!;
          // A link that leads both ways is drawn once.
          if (row < other || !linksBack(starts, neighbours, other, row)) {
            links.push(place[row]!, place[other]!);
          }
        }
      }
      return Uint32Array.from(links);
    }),
    sizes: layers.map((_, layer) => levels.reduce((sum, top) => sum + Number(top >= layer), 0)),
    hops: trace.filter((step): step is Hop => step.step === 'hop'),
  };
}

function linksBack(
  starts: Uint32Array,
  neighbours: Uint32Array,
  from: number,
  to: number,
): boolean {
  return neighbours.subarray(starts[from], starts[from + 1]).includes(to);
}

/** What is seen of a walk after some of its hops. */
export interface PartOfWalk {
  readonly hops: readonly Hop[];
  /** The layer of the last hop. */
  readonly layer: number;
  /** Photos compared with the search photo so far. */
  readonly met: ReadonlySet<PhotoId>;
}

/** @param share of the walk, in (0, 1] */
export function partOf({ hops }: WalkOnPlane, share: number): PartOfWalk {
  const shown = hops.slice(0, Math.max(1, Math.ceil(share * hops.length)));
  const met = new Set<PhotoId>();
  for (const hop of shown) {
    met.add(hop.id);
    for (const id of hop.neighbours) met.add(id);
  }
  return { hops: shown, layer: shown.at(-1)?.layer ?? 0, met };
}
