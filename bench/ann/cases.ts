import { KIND_CODES } from '../../src/ann/format/header.ts';
import type { IndexKind, IndexSpec, SearchEffort, SearchOptions } from '../../src/ann/index.ts';

/** Search parameters; the index's defaults apply to missing ones. */
export type SearchParams = SearchEffort & Pick<SearchOptions, 'maxCodes'>;

/** An index to train, with the searches to run on it. */
export interface BenchCase {
  readonly spec: IndexSpec;
  readonly searches: readonly SearchParams[];
}

export const KINDS = Object.keys(KIND_CODES) as readonly IndexKind[];

const DEFAULTS: SearchParams = {};

/**
 * The cases of an index type: its defaults first, then trade-offs of its parameters.
 *
 * pq, opq and lopq share a case with 8-byte codes and no reranking, to compare them at equal size;
 * the multi-index of 16 × 16 cells is the LOPQ authors' setting.
 *
 * @param d parameters that it doesn't allow are left out
 */
export function casesOf(kind: IndexKind, d: number): BenchCase[] {
  const eight = d % 8 === 0;
  switch (kind) {
    case 'flat':
      return [
        { spec: { kind, store: 'float32' }, searches: [DEFAULTS] },
        { spec: { kind, store: 'sq8' }, searches: [DEFAULTS] },
      ];
    case 'ivf':
      return [{ spec: { kind }, searches: [DEFAULTS, ...probes(4, 8, 16, 32, 64)] }];
    case 'pq':
    case 'opq':
      return [
        { spec: { kind }, searches: [DEFAULTS, { rerank: 0 }] },
        ...some(eight, { spec: { kind, M: 8, nbits: 8, rerank: 'none' }, searches: [DEFAULTS] }),
        { spec: { kind, nbits: 4 }, searches: [{ rerank: 0 }, { rerank: 100 }, { rerank: 400 }] },
      ];
    case 'ivfpq':
      return [
        { spec: { kind, opq: false }, searches: [DEFAULTS, { nprobe: 24, rerank: 100 }] },
        {
          spec: { kind },
          searches: [
            DEFAULTS,
            ...grid([8, 50], [16, 50], [20, 50], [24, 50], [32, 100], [48, 100], [64, 200]),
          ],
        },
        {
          spec: { kind, rerank: 'float32' },
          searches: grid([16, 50], [20, 50], [24, 50], [32, 50], [48, 100], [52, 100], [64, 200]),
        },
        { spec: { kind, opq: false }, searches: [DEFAULTS, { nprobe: 24, rerank: 100 }] },
        { spec: { kind, nbits: 8, rerank: 'none' }, searches: probes(8, 16, 32) },
      ];
    case 'lopq':
      return [
        { spec: { kind }, searches: [DEFAULTS] },
        ...some(
          eight,
          {
            spec: { kind, coarse: 'multi', nlist: 16, M: 8, nbits: 8, rerank: 'none' },
            searches: probes(16, 64, 256),
          },
          {
            spec: { kind, coarse: 'single', M: 8, nbits: 8, rerank: 'none' },
            searches: [DEFAULTS, ...probes(65536)],
          },
        ),
      ];
    case 'kdtree':
      return [
        { spec: { kind }, searches: [DEFAULTS, ...leaves(16, 64, 256)] },
        { spec: { kind, store: 'sq8' }, searches: [DEFAULTS] },
      ];
    case 'forest':
      return [
        { spec: { kind }, searches: [DEFAULTS, ...collected(1000, 2000, 4000, 8000)] },
        { spec: { kind, store: 'sq8' }, searches: [DEFAULTS, ...collected(4000)] },
      ];
    case 'hnsw':
      return [
        { spec: { kind }, searches: efs(24, 32, 48, 64, 96, 128, 192) },
        { spec: { kind, store: 'sq8' }, searches: efs(24, 32, 48, 64, 96, 128, 192) },
      ];
    case 'lsh':
      return [
        { spec: { kind }, searches: [DEFAULTS, ...buckets(1, 4, 16, 64, 256)] },
        { spec: { kind, store: 'sq8' }, searches: [DEFAULTS] },
      ];
    case 'itq':
      return [
        { spec: { kind }, searches: [DEFAULTS, ...reranks(100, 200, 400)] },
        ...some(d >= 256, { spec: { kind, nbits: 256 }, searches: reranks(100, 200) }),
        ...some(d >= 64, { spec: { kind, nbits: 64 }, searches: reranks(200, 400, 800) }),
        { spec: { kind, rerank: 'none' }, searches: [DEFAULTS] },
      ];
  }
}

function leaves(...counts: readonly number[]): SearchParams[] {
  return counts.map((maxLeaves) => ({ maxLeaves }));
}

function collected(...counts: readonly number[]): SearchParams[] {
  return counts.map((searchK) => ({ searchK }));
}

/** Buckets opened per table. */
function buckets(...counts: readonly number[]): SearchParams[] {
  return counts.map((probes) => ({ probes }));
}

function reranks(...counts: readonly number[]): SearchParams[] {
  return counts.map((rerank) => ({ rerank }));
}

function efs(...values: readonly number[]): SearchParams[] {
  return values.map((efSearch) => ({ efSearch }));
}

function probes(...nprobes: readonly number[]): SearchParams[] {
  return nprobes.map((nprobe) => ({ nprobe }));
}

/** Pairs of `nprobe` and `rerank`. */
function grid(...pairs: readonly (readonly [number, number])[]): SearchParams[] {
  return pairs.map(([nprobe, rerank]) => ({ nprobe, rerank }));
}

function some(wanted: boolean, ...cases: readonly BenchCase[]): readonly BenchCase[] {
  return wanted ? cases : [];
}
