import { PARAM_COUNT, SECTION } from '../../format/header.ts';
import type { Container, KindLayout } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { bytesSection, wholeSection, writeContainer } from '../../format/sections.ts';
import { MAX_RUN_D } from '../../kernels/training.ts';
import { risingIds } from '../checkSections.ts';
import type { RerankParts } from '../rerank/reranker.ts';
import { readRerank, rerankSizes } from '../rerank/reranker.ts';
import type { RowSource } from '../rows/ownedBlocks.ts';
import { sourceOf } from '../rows/ownedBlocks.ts';
import { isItqBits } from '../spec/hash.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { HashParams } from './hashParams.ts';
import { decodeHashParams, encodeHashParams } from './hashParams.ts';
import type { HyperplaneParts } from './hyperplanes.ts';
import { readHyperplanes } from './hyperplanes.ts';

/** The parts of a learned binary code and the rows it encodes. */
export interface ItqParts {
  readonly seed: number;
  /** One hyperplane per bit; the length of a normal is the mean distance of vectors to its plane. */
  readonly planes: HyperplaneParts;
  /** Strictly ascending. */
  readonly ids: Uint32Array;
  /** `n × nbits / 8` bytes. */
  readonly codes: RowSource;
  readonly rerank: RerankParts;
}

/** What is written of such an index: its live rows. */
export interface ItqContents {
  readonly params: HashParams;
  readonly nbits: number;
  readonly ids: Uint32Array;
  /** Mean, projection, codes and rerank store. */
  readonly sections: readonly SectionContent[];
}

/** Sections: params, ids, mean, projection, codes, and the rerank store. */
export const itqLayout: KindLayout = ({ d, ntotal, nlist, M, nbits }, paramNumbers) => {
  const params = decodeHashParams(paramNumbers);
  if (!params || nlist !== 0 || M !== 0 || d > MAX_RUN_D || !isItqBits(nbits) || nbits > d) {
    return undefined;
  }
  const rerank = rerankSizes(params.store, ntotal, d);
  return (
    rerank && [
      { id: SECTION.params, byteLength: 4 * PARAM_COUNT },
      { id: SECTION.ids, byteLength: 4 * ntotal },
      { id: SECTION.mu, byteLength: 4 * d },
      { id: SECTION.hashProjection, byteLength: 4 * nbits * d },
      { id: SECTION.hashCodes, byteLength: (nbits / 8) * ntotal },
      ...rerank,
    ]
  );
};

/** @throws `corrupt` for contents that no writer produces */
export function readItq(container: Container): ItqParts {
  const { store, seed } = decodeHashParams(container.params)!;
  return {
    seed,
    planes: readHyperplanes(container, SECTION.hashProjection),
    ids: risingIds(container),
    codes: sourceOf(bytesSection(container, SECTION.hashCodes)),
    rerank: readRerank(container, store),
  };
}

export function writeItq(
  { spaceId, metric, d }: VectorSpace,
  { params, nbits, ids, sections }: ItqContents,
): ArrayBuffer {
  const numbers = encodeHashParams(params);
  const header = { kind: 'itq', metric, d, ntotal: ids.length, nlist: 0, M: 0, nbits } as const;
  return writeContainer({ ...header, spaceId }, numbers, itqLayout, [
    wholeSection(SECTION.params, Uint32Array.from(numbers)),
    wholeSection(SECTION.ids, ids),
    ...sections,
  ]);
}
