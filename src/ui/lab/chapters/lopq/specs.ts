import type { IndexSpec } from '../../../../protocol/index.ts';

/** The smallest codebook has 16 entries. */
export const LEAST_FOR_LOPQ = 16;
const LEAST_FOR_BYTES = 256;
/** Cells shown, where there are enough photos. */
const MOST_CELLS = 8;

/** What the chapter builds from a number of photos. */
export interface LopqSpecs {
  /** Of the plane: cells of a few dozen photos. */
  readonly plane: { readonly spec: IndexSpec; readonly dimensions: 2 };
  /** As many components as all cells have enough photos for, and codes of equal bytes. */
  readonly local: {
    readonly dimensions: number;
    readonly M: number;
    readonly lopq: IndexSpec;
    readonly others: readonly IndexSpec[];
  };
  /** All components; OPQ last, since it takes long. */
  readonly whole: readonly IndexSpec[];
}

export function lopqSpecs(n: number, d: number): LopqSpecs {
  const nbits = n < LEAST_FOR_BYTES ? 4 : 8;
  const dimensions = n / 8 >= d ? d : Math.min(d, powerOfTwo(n / 8));
  const nlist = n / 8 >= d ? Math.min(MOST_CELLS, powerOfTwo(n / (2 * d))) : 4;
  const M = divisor(dimensions, [8, 4, 2, 1]);
  const codes = { M, nbits, rerank: 'none' } as const;
  const all = { M: divisor(d, [16, 12, 8, 4, 2, 1]), nbits, rerank: 'none' } as const;
  const cells = Math.max(1, Math.min(64, powerOfTwo(Math.sqrt(n))));
  return {
    plane: {
      spec: {
        ...{ kind: 'lopq', nlist: Math.min(MOST_CELLS, powerOfTwo(n / 16)) },
        ...{ M: 2, nbits: 4, rerank: 'none' },
      },
      dimensions: 2,
    },
    local: {
      ...{ dimensions, M, lopq: { kind: 'lopq', nlist, ...codes } },
      others: [
        { kind: 'pq', ...codes },
        { kind: 'opq', ...codes },
      ],
    },
    whole: [
      { kind: 'pq', ...all },
      { kind: 'ivfpq', nlist: cells, opq: false, ...all },
      { kind: 'lopq', nlist: Math.max(1, Math.min(MOST_CELLS, powerOfTwo(n / (2 * d)))), ...all },
      { kind: 'opq', ...all },
    ],
  };
}

/** The ranks at which recall is measured, up to 1,000. */
export function ranksFor(n: number): readonly number[] {
  return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].filter((rank) => rank < n);
}

function powerOfTwo(most: number): number {
  return most < 2 ? 1 : 2 ** Math.floor(Math.log2(most));
}

function divisor(d: number, wanted: readonly number[]): number {
  return wanted.find((M) => d % M === 0) ?? 1;
}
