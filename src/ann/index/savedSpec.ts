import { FIELD, headerBytes, type IndexKind, KIND_CODES, PARAM_COUNT } from '../format/header.ts';
import { decodeParams, type SavedParams } from './params.ts';
import type { PqBits, ResolvedSpec } from './spec.ts';

const NO_PARAMS: SavedParams = {
  rerank: 'none',
  nprobe: 0,
  opq: false,
  coarse: 'single',
  codebooks: 'local',
  seed: 0,
  own: 0,
};

/**
 * Reads the specification of a saved index from its header and params alone.
 *
 * @param container one that `loadIndex` accepted; not checked here
 */
export function savedSpec(container: ArrayBuffer): ResolvedSpec {
  const view = new DataView(container);
  const get = (offset: number) => view.getUint32(offset, true);
  const code = get(FIELD.kind);
  const kind = (Object.keys(KIND_CODES) as IndexKind[]).find((key) => KIND_CODES[key] === code);
  const [nlist, M] = [get(FIELD.nlist), get(FIELD.M)];
  const nbits = get(FIELD.nbits) as PqBits;
  if (kind === undefined || kind === 'flat') {
    return { kind: 'flat', store: nbits === 8 ? 'sq8' : 'float32' };
  }
  const start = headerBytes(get(FIELD.spaceIdLength), get(FIELD.sectionCount));
  const numbers = Array.from({ length: PARAM_COUNT }, (_, i) => get(start + 4 * i));
  const params = decodeParams(kind, nlist, numbers) ?? NO_PARAMS;
  const { rerank, opq, coarse, codebooks, seed } = params;
  switch (kind) {
    case 'ivf':
      return { kind, nlist, seed };
    case 'pq':
    case 'opq':
      return { kind, M, nbits, rerank, seed };
    case 'ivfpq':
      return { kind, nlist, M, nbits, opq, rerank, seed };
    case 'lopq':
      return { kind, coarse, nlist, M, nbits, codebooks, rerank, seed };
  }
}

/** Whether this kind returns vectors bit for bit. */
export function isExact(spec: ResolvedSpec): boolean {
  if (spec.kind === 'flat') return spec.store === 'float32';
  return spec.kind === 'ivf' || spec.rerank === 'float32';
}
