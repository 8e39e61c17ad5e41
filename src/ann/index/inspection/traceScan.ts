import type { Block } from '../../kernels/kernels.ts';
import { readTopK, type TopKEntries } from '../../kernels/topK.ts';
import type { FewStep, RerankStep, ScanStep } from './trace.ts';

/**
 * The step of a finished scan.
 *
 * @param scanned rows compared
 * @param topK the heap it filled
 * @param ids of all rows, if the heap holds row numbers; else `null`
 */
export function scanStep(scanned: number, topK: Block, ids: Uint32Array | null): ScanStep {
  const kept = readTopK(topK);
  return scanStepOf(scanned, ids ? { ...kept, ids: kept.ids.map((row) => ids[row]!) } : kept);
}

/** The step of a finished scan that kept these. */
export function scanStepOf(scanned: number, { ids, keys }: TopKEntries): ScanStep {
  return { step: 'scan', scanned, ids: ids.slice(), keys: keys.slice() };
}

/** The step of rows that were compared one by one, and left to reranking. */
export function unrankedStep(scanned: number): ScanStep {
  return { step: 'scan', scanned, ids: new Uint32Array(0), keys: new Float32Array(0) };
}

/** @param ids of all rows. @param few the rows compared one by one */
export function fewStep(ids: Uint32Array, few: Uint32Array): FewStep {
  return { step: 'few', ids: few.map((row) => ids[row]!) };
}

/** @param best the results */
export function rerankStep(
  from: RerankStep['from'],
  candidates: number,
  { ids, keys }: TopKEntries,
): RerankStep {
  return { step: 'rerank', from, candidates, ids: ids.slice(), keys: keys.slice() };
}
