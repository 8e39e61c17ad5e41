import { AkinError } from '../../../../base/errors.ts';
import { PARAM_COUNT, SECTION } from '../../../format/header.ts';
import type { Container, KindLayout } from '../../../format/read.ts';
import type { SectionContent } from '../../../format/sections.ts';
import {
  float32Section,
  uint32Section,
  wholeSection,
  writeContainer,
} from '../../../format/sections.ts';
import { readRerank, rerankSizes } from '../../rerank/reranker.ts';
import type { VectorSpace } from '../../vectorIndex.ts';
import type { TreeParams } from '../treeParams.ts';
import { decodeTreeParams, encodeTreeParams } from '../treeParams.ts';
import type { StoreParts } from '../treeStore.ts';
import type { KdCuts } from './kdBuild.ts';

/** Leaves are numbered after inner nodes, in 31 bits. */
const MAX_LEAVES = 2 ** 30;

/** The parts of a k-d tree index. */
export interface KdParts extends KdCuts {
  readonly params: TreeParams;
  /** Row ids, leaf by leaf, ascending in each. */
  readonly ids: Uint32Array;
  readonly leafStarts: Uint32Array;
  readonly vectors: StoreParts;
}

/**
 * The sections of a k-d tree of `nlist` leaves: params, ids, leaf starts, components
 * and values of the cuts, vectors.
 */
export const kdtreeLayout: KindLayout = ({ d, ntotal, nlist, M, nbits }, numbers) => {
  const params = decodeTreeParams(numbers);
  const vectors = params && rerankSizes(params.store, ntotal, d);
  const isPowerOfTwo = nlist >= 1 && nlist <= MAX_LEAVES && (nlist & (nlist - 1)) === 0;
  if (!vectors || !isPowerOfTwo || M !== 0 || nbits !== 0 || params.seed !== 0) return undefined;
  return [
    { id: SECTION.params, byteLength: 4 * PARAM_COUNT },
    { id: SECTION.ids, byteLength: 4 * ntotal },
    { id: SECTION.cellStarts, byteLength: 4 * (nlist + 1) },
    { id: SECTION.treeNodes, byteLength: 4 * (nlist - 1) },
    { id: SECTION.treePlanes, byteLength: 4 * (nlist - 1) },
    ...vectors,
  ];
};

/** @throws `corrupt` for contents that no writer produces */
export function readKdtree(container: Container): KdParts {
  const { d } = container.header;
  const params = decodeTreeParams(container.params)!;
  const components = uint32Section(container, SECTION.treeNodes);
  const values = float32Section(container, SECTION.treePlanes);
  for (let node = 0; node < components.length; node++) {
    if (components[node]! < d && Number.isFinite(values[node]!)) continue;
    throw new AkinError('corrupt', `the saved index is damaged: the cut of node ${node}`);
  }
  const vectors = readRerank(container, params.store);
  return {
    params,
    ids: uint32Section(container, SECTION.ids),
    leafStarts: uint32Section(container, SECTION.cellStarts),
    components,
    values,
    vectors: vectors as StoreParts,
  };
}

/** What is written of a k-d tree index: its live rows. */
export interface KdContents extends KdCuts {
  readonly params: TreeParams;
  readonly ids: Uint32Array;
  readonly leafStarts: Uint32Array;
  readonly vectors: readonly SectionContent[];
}

export function writeKdtree(
  { spaceId, metric, d }: VectorSpace,
  { params, ids, leafStarts, components, values, vectors }: KdContents,
): ArrayBuffer {
  const nlist = leafStarts.length - 1;
  const header = { kind: 'kdtree', metric, d, ntotal: ids.length, nlist, M: 0, nbits: 0 } as const;
  const numbers = encodeTreeParams(params);
  return writeContainer({ ...header, spaceId }, numbers, kdtreeLayout, [
    wholeSection(SECTION.params, Uint32Array.from(numbers)),
    wholeSection(SECTION.ids, ids),
    wholeSection(SECTION.cellStarts, leafStarts),
    wholeSection(SECTION.treeNodes, components),
    wholeSection(SECTION.treePlanes, values),
    ...vectors,
  ]);
}
