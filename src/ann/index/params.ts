import { PARAM_COUNT } from '../format/header.ts';
import type { LopqCoarse, LopqCodebooks, Rerank } from './spec.ts';

/** Kinds with cells or product-quantized codes, whose params are alike. */
type CellOrCodeKind = 'ivf' | 'pq' | 'opq' | 'ivfpq' | 'lopq';

/** Their parameters saved beyond the header, in the params section. */
export interface SavedParams {
  readonly rerank: Rerank;
  /** Cells visited by a search by default; 0 in kinds without cells. */
  readonly nprobe: number;
  /** Whether `ivfpq` rotates. */
  readonly opq: boolean;
  /** The coarse quantizer of `lopq`. */
  readonly coarse: LopqCoarse;
  /** The codebooks of `lopq`. */
  readonly codebooks: LopqCodebooks;
  /** Training seed. */
  readonly seed: number;
  /** A kind-specific number; 0 in kinds without one. */
  readonly own: number;
}

const RERANKS: readonly Rerank[] = ['none', 'sq8', 'float32'];
const COARSES: readonly LopqCoarse[] = ['single', 'multi'];
const CODEBOOKS: readonly LopqCodebooks[] = ['local', 'shared'];

/** The parameters each kind has; all others must be `none`, 0, false or the first choice. */
const SAYS: Readonly<
  Record<CellOrCodeKind, { rerank?: true; cells?: true; opq?: true; lopq?: true }>
> = {
  ivf: { cells: true },
  pq: { rerank: true },
  opq: { rerank: true },
  ivfpq: { rerank: true, cells: true, opq: true },
  lopq: { rerank: true, cells: true, lopq: true },
};

/** Encodes the params section. Omitted fields get the value of a kind without them. */
export function encodeParams(params: Partial<SavedParams> & { readonly seed: number }): number[] {
  return [
    RERANKS.indexOf(params.rerank ?? 'none'),
    params.nprobe ?? 0,
    params.opq ? 1 : 0,
    COARSES.indexOf(params.coarse ?? 'single'),
    CODEBOOKS.indexOf(params.codebooks ?? 'local'),
    params.seed,
    params.own ?? 0,
    0,
  ];
}

/**
 * Decodes a params section; `undefined` if a number is not valid for the kind.
 *
 * @param nlist of the header
 */
export function decodeParams(
  kind: CellOrCodeKind,
  nlist: number,
  numbers: readonly number[],
): SavedParams | undefined {
  const [rerankCode, nprobe, opq, coarseCode, codebooksCode, seed, own, reserved] = numbers;
  const says = SAYS[kind];
  const rerank = RERANKS[rerankCode ?? -1];
  const coarse = COARSES[coarseCode ?? -1];
  const codebooks = CODEBOOKS[codebooksCode ?? -1];
  const sound =
    numbers.length === PARAM_COUNT &&
    rerank !== undefined &&
    coarse !== undefined &&
    codebooks !== undefined &&
    (says.rerank || rerankCode === 0) &&
    (opq === 0 || (opq === 1 && says.opq)) &&
    (says.lopq || (coarseCode === 0 && codebooksCode === 0 && own === 0)) &&
    reserved === 0;
  if (!sound) return undefined;
  const cells = !says.cells ? 0 : coarse === 'multi' ? nlist * nlist : nlist;
  const nprobeSound = says.cells ? nprobe! >= 1 && nprobe! <= cells : nprobe === 0;
  if (!nprobeSound) return undefined;
  return { rerank, nprobe: nprobe!, opq: opq === 1, coarse, codebooks, seed: seed!, own: own! };
}

/** Cells visited by default: 1/32 of them, at least 8. */
export function defaultNprobe(cells: number): number {
  return Math.min(cells, Math.max(8, Math.ceil(cells / 32)));
}
