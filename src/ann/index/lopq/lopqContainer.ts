import { AkinError } from '../../../base/errors.ts';
import { safeProduct } from '../../../base/layout.ts';
import type { SectionSize } from '../../format/header.ts';
import { SECTION } from '../../format/header.ts';
import type { Container, IndexNumbers, KindLayout } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { uint32Section, wholeSection, writeContainer } from '../../format/sections.ts';
import { cellSizes } from '../cells/cellSections.ts';
import { boundedRows, rotationRows } from '../checkSections.ts';
import type { CodeShape } from '../codes/codeShape.ts';
import { codeShape } from '../codes/codeShape.ts';
import { codeSizes, readCodes } from '../codes/codeStore.ts';
import type { SavedParams } from '../params.ts';
import { decodeParams, encodeParams } from '../params.ts';
import type { RerankParts } from '../rerank/reranker.ts';
import { readRerank, rerankSizes } from '../rerank/reranker.ts';
import type { RowSource } from '../rows/ownedBlocks.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { LopqModel, LopqShape } from './lopqShape.ts';
import { lopqShape } from './lopqShape.ts';

/** The params of an LOPQ index. */
export type LopqParams = Pick<
  SavedParams,
  'rerank' | 'nprobe' | 'coarse' | 'codebooks' | 'seed' | 'own'
>;

/** The parts of an LOPQ index. */
export interface LopqParts {
  /** `own`: number of rotations that are not the identity. */
  readonly params: LopqParams;
  readonly shape: LopqShape;
  readonly codeShape: CodeShape;
  readonly model: LopqModel;
  /** Row ids, ordered by cell and then id. */
  readonly ids: Uint32Array;
  /** `cells + 1`. */
  readonly cellStarts: Uint32Array;
  /** `codeBytes` of them, in row order. */
  readonly codes: RowSource;
  readonly rerank: RerankParts;
}

interface Sizes {
  readonly params: SavedParams;
  readonly shape: LopqShape;
  readonly codeShape: CodeShape;
}

function sizesOf({ d, nlist, M, nbits }: IndexNumbers, numbers: readonly number[]) {
  const params = decodeParams('lopq', nlist, numbers);
  const codes = codeShape(d, M, nbits);
  const shape = params && codes && lopqShape({ ...params, ...codes, nlist });
  if (!shape || params.own > shape.parts * nlist) return undefined;
  return { params, shape, codeShape: codes } satisfies Sizes;
}

/**
 * Sections of an LOPQ index: params, ids, coarse centroids, cell starts, in a multi-index the
 * rotation of the whole, mean residuals, the map from centroids to local rotations, these
 * rotations, the codebooks, codes, rerank store.
 */
export const lopqLayout: KindLayout = (header, numbers) => {
  const { d, ntotal, nlist } = header;
  const sizes = sizesOf(header, numbers);
  if (!sizes) return undefined;
  const { params, shape } = sizes;
  const cells = cellSizes(ntotal, d, nlist, shape.cells);
  const codes = codeSizes(sizes.codeShape, ntotal);
  const rerank = rerankSizes(params.rerank, ntotal, d);
  const own: readonly (readonly [id: number, byteLength: number | undefined])[] = [
    ...(shape.parts > 1 ? [[SECTION.rotation, safeProduct(d, d, 4)] as const] : []),
    [SECTION.mu, safeProduct(nlist, d, 4)],
    [SECTION.rotationOf, safeProduct(shape.parts, nlist, 4)],
    [SECTION.rotations, safeProduct(params.own, shape.d, shape.d, 4)],
    [SECTION.pqCentroids, safeProduct(shape.books, d, shape.code.ksub, 4)],
  ];
  const sections: SectionSize[] = own.flatMap(([id, byteLength]) =>
    byteLength === undefined ? [] : [{ id, byteLength }],
  );
  if (!cells || !codes || !rerank || sections.length < own.length) return undefined;
  return [...cells, ...sections, ...codes, ...rerank];
};

/** @throws `corrupt` for contents that no writer produces */
export function readLopq(container: Container): LopqParts {
  const { params, shape, codeShape } = sizesOf(container.header, container.params)!;
  const { d } = container.header;
  const rotationOf = uint32Section(container, SECTION.rotationOf);
  checkRotationOf(rotationOf, params.own);
  return {
    params,
    shape,
    codeShape,
    ids: uint32Section(container, SECTION.ids),
    cellStarts: uint32Section(container, SECTION.cellStarts),
    model: {
      rotation: shape.parts > 1 ? rotationRows(container, SECTION.rotation, d) : null,
      coarse: boundedRows(container, SECTION.coarse, shape.d),
      mu: boundedRows(container, SECTION.mu, shape.d),
      rotationOf,
      rotations: rotationRows(container, SECTION.rotations, shape.d),
      pqCentroids: boundedRows(container, SECTION.pqCentroids, codeShape.dsub),
    },
    codes: readCodes(container, codeShape),
    rerank: readRerank(container, params.rerank),
  };
}

/** Checks that each rotation belongs to one centroid, in centroid order. */
function checkRotationOf(rotationOf: Uint32Array, own: number): void {
  let last = 0;
  for (const rotation of rotationOf) {
    if (rotation === 0) continue;
    last++;
    if (rotation !== last) throw damaged(`rotation ${rotation} where ${last} is to be`);
  }
  if (last !== own) throw damaged(`${last} rotations used of ${own}`);
}

function damaged(what: string): AkinError {
  return new AkinError('corrupt', `the saved index is damaged: ${what}`);
}

/** What is written of an LOPQ index: its live rows. */
export interface LopqContents extends Pick<LopqParts, 'params' | 'shape' | 'codeShape' | 'model'> {
  readonly ids: Uint32Array;
  readonly cellStarts: Uint32Array;
  readonly codes: SectionContent;
  readonly rerank: readonly SectionContent[];
}

export function writeLopq(
  { spaceId, metric, d }: VectorSpace,
  contents: LopqContents,
): ArrayBuffer {
  const { params, shape, codeShape, model, ids, cellStarts } = contents;
  const { M, nbits } = codeShape;
  const header = {
    kind: 'lopq',
    metric,
    d,
    ntotal: ids.length,
    nlist: shape.nlist,
    M,
    nbits,
  } as const;
  const numbers = encodeParams(params);
  return writeContainer({ ...header, spaceId }, numbers, lopqLayout, [
    wholeSection(SECTION.params, Uint32Array.from(numbers)),
    wholeSection(SECTION.ids, ids),
    wholeSection(SECTION.coarse, model.coarse),
    wholeSection(SECTION.cellStarts, cellStarts),
    ...(model.rotation ? [wholeSection(SECTION.rotation, model.rotation)] : []),
    wholeSection(SECTION.mu, model.mu),
    wholeSection(SECTION.rotationOf, model.rotationOf),
    wholeSection(SECTION.rotations, model.rotations),
    wholeSection(SECTION.pqCentroids, model.pqCentroids),
    contents.codes,
    ...contents.rerank,
  ]);
}
