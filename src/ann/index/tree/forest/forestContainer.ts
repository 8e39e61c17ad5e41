import { AkinError } from '../../../../base/errors.ts';
import { safeProduct } from '../../../../base/layout.ts';
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
import { MAX_TREES } from '../../spec/trees.ts';
import type { VectorSpace } from '../../vectorIndex.ts';
import type { TreeParams } from '../treeParams.ts';
import { decodeTreeParams, encodeTreeParams } from '../treeParams.ts';
import type { StoreParts } from '../treeStore.ts';
import type { ForestNodes } from './forestBuild.ts';

/** The parts of a forest. */
export interface ForestParts extends ForestNodes {
  readonly params: TreeParams;
  /** Row ids, in any order. */
  readonly ids: Uint32Array;
  /** (trees × ntotal): row numbers, tree by tree, leaf by leaf. */
  readonly leafRows: Uint32Array;
  readonly vectors: StoreParts;
}

/**
 * The sections of a forest of `M` trees with `nlist` leaves in all: params, ids, nodes, planes, rows
 * of the leaves, roots, vectors.
 */
export const forestLayout: KindLayout = ({ d, ntotal, nlist, M: trees, nbits }, numbers) => {
  const params = decodeTreeParams(numbers);
  const vectors = params && rerankSizes(params.store, ntotal, d);
  const isForest = trees >= 1 && trees <= MAX_TREES && nlist >= trees && nbits === 0;
  if (!vectors || !isForest) return undefined;
  const planeBytes = safeProduct(nlist - trees, d + 1, 4);
  const rowBytes = safeProduct(ntotal, trees, 4);
  if (planeBytes === undefined || rowBytes === undefined) return undefined;
  return [
    { id: SECTION.params, byteLength: 4 * PARAM_COUNT },
    { id: SECTION.ids, byteLength: 4 * ntotal },
    { id: SECTION.treeNodes, byteLength: 8 * (2 * nlist - trees) },
    { id: SECTION.treePlanes, byteLength: planeBytes },
    { id: SECTION.leafRows, byteLength: rowBytes },
    { id: SECTION.treeRoots, byteLength: 4 * trees },
    ...vectors,
  ];
};

/** @throws `corrupt` for contents that no writer produces; the trees are checked by `ForestTrees` */
export function readForest(container: Container): ForestParts {
  const params = decodeTreeParams(container.params)!;
  const planes = float32Section(container, SECTION.treePlanes);
  if (!planes.every(Number.isFinite)) {
    throw new AkinError('corrupt', 'the saved index is damaged: a plane');
  }
  return {
    params,
    ids: uint32Section(container, SECTION.ids),
    nodes: uint32Section(container, SECTION.treeNodes),
    planes,
    leafRows: uint32Section(container, SECTION.leafRows),
    roots: uint32Section(container, SECTION.treeRoots),
    vectors: readRerank(container, params.store) as StoreParts,
  };
}

/** What is written of a forest: its live rows. */
export interface ForestContents extends ForestNodes {
  readonly params: TreeParams;
  readonly ids: Uint32Array;
  readonly leafRows: Uint32Array;
  readonly vectors: readonly SectionContent[];
}

export function writeForest(
  { spaceId, metric, d }: VectorSpace,
  { params, ids, nodes, planes, leafRows, roots, vectors }: ForestContents,
): ArrayBuffer {
  const M = roots.length;
  const nlist = (nodes.length / 2 + M) / 2;
  const header = { kind: 'forest', metric, d, ntotal: ids.length, nlist, M, nbits: 0 } as const;
  const numbers = encodeTreeParams(params);
  return writeContainer({ ...header, spaceId }, numbers, forestLayout, [
    wholeSection(SECTION.params, Uint32Array.from(numbers)),
    wholeSection(SECTION.ids, ids),
    wholeSection(SECTION.treeNodes, nodes),
    wholeSection(SECTION.treePlanes, planes),
    wholeSection(SECTION.leafRows, leafRows),
    wholeSection(SECTION.treeRoots, roots),
    ...vectors,
  ]);
}
