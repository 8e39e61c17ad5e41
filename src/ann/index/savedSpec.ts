import { readNumbers } from '../format/read.ts';
import { KINDS } from './kinds.ts';
import type { ResolvedSpec } from './spec.ts';

/**
 * Reads the specification of a saved index from its header and params alone.
 *
 * @param container one that `loadIndex` accepted; not checked here
 */
export function savedSpec(container: ArrayBuffer): ResolvedSpec {
  const { numbers, params } = readNumbers(container);
  return KINDS[numbers.kind].specOf(numbers, params);
}

/** Whether this kind returns vectors bit for bit. */
export function isExact(spec: ResolvedSpec): boolean {
  if ('store' in spec) return spec.store === 'float32';
  return !('rerank' in spec) || spec.rerank === 'float32';
}
