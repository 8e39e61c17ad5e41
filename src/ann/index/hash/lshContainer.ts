import { AkinError } from '../../../base/errors.ts';
import { safeProduct } from '../../../base/layout.ts';
import { PARAM_COUNT, SECTION } from '../../format/header.ts';
import type { Container, KindLayout } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { uint32Section, wholeSection, writeContainer } from '../../format/sections.ts';
import { MAX_RUN_D } from '../../kernels/training.ts';
import { risingIds } from '../checkSections.ts';
import { readRerank, rerankSizes } from '../rerank/reranker.ts';
import { isLshShape } from '../spec/hash.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { BucketStoreParts } from './bucketStore.ts';
import type { HashParams } from './hashParams.ts';
import { decodeHashParams, encodeHashParams } from './hashParams.ts';
import type { HyperplaneParts } from './hyperplanes.ts';
import { readHyperplanes } from './hyperplanes.ts';

/** The parts of hash tables and the rows in them. */
export interface LshParts {
  readonly seed: number;
  readonly tables: number;
  readonly planes: HyperplaneParts;
  /** Strictly ascending. */
  readonly ids: Uint32Array;
  /** `n × tables`: the key of each row's bucket in each table. */
  readonly keys: Uint32Array;
  readonly store: BucketStoreParts;
}

/** What is written of such an index: its live rows. */
export interface LshContents {
  readonly params: HashParams;
  readonly tables: number;
  readonly bits: number;
  readonly ids: Uint32Array;
  /** Mean, hyperplanes, keys and store. */
  readonly sections: readonly SectionContent[];
}

/** Sections: params, ids, mean, hyperplanes, keys of the rows, and the store. */
export const lshLayout: KindLayout = ({ d, ntotal, nlist, M, nbits }, paramNumbers) => {
  const params = decodeHashParams(paramNumbers);
  if (!params || params.store === 'none' || nlist !== 0 || d > MAX_RUN_D || !isLshShape(M, nbits)) {
    return undefined;
  }
  const keyBytes = safeProduct(ntotal, M, 4);
  const store = rerankSizes(params.store, ntotal, d);
  if (!store || keyBytes === undefined) return undefined;
  return [
    { id: SECTION.params, byteLength: 4 * PARAM_COUNT },
    { id: SECTION.ids, byteLength: 4 * ntotal },
    { id: SECTION.mu, byteLength: 4 * d },
    { id: SECTION.hyperplanes, byteLength: 4 * M * nbits * d },
    { id: SECTION.bucketKeys, byteLength: keyBytes },
    ...store,
  ];
};

/** @throws `corrupt` for contents that no writer produces */
export function readLsh(container: Container): LshParts {
  const { M, nbits } = container.header;
  const { store, seed } = decodeHashParams(container.params)!;
  const keys = uint32Section(container, SECTION.bucketKeys);
  if (keys.some((key) => key >= 2 ** nbits)) {
    throw new AkinError('corrupt', `the saved index is damaged: a key of more than ${nbits} bits`);
  }
  return {
    seed,
    tables: M,
    planes: readHyperplanes(container, SECTION.hyperplanes),
    ids: risingIds(container),
    keys,
    store: readRerank(container, store) as BucketStoreParts,
  };
}

export function writeLsh(
  { spaceId, metric, d }: VectorSpace,
  { params, tables, bits, ids, sections }: LshContents,
): ArrayBuffer {
  const numbers = encodeHashParams(params);
  const header = { kind: 'lsh', metric, d, ntotal: ids.length, nlist: 0, M: tables } as const;
  return writeContainer({ ...header, nbits: bits, spaceId }, numbers, lshLayout, [
    wholeSection(SECTION.params, Uint32Array.from(numbers)),
    wholeSection(SECTION.ids, ids),
    ...sections,
  ]);
}
