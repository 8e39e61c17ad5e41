import type { SectionSize } from '../../format/header.ts';
import { PARAM_COUNT, SECTION } from '../../format/header.ts';
import type { Container, IndexNumbers, KindLayout } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { uint32Section, wholeSection, writeContainer } from '../../format/sections.ts';
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

/** Kinds with the codes of one product quantizer. */
export type CodedKind = 'pq' | 'opq' | 'ivfpq';

/** The result of training such an index. */
export interface CodedModel {
  readonly shape: CodeShape;
  /** `d × d`, row-major, `y = R x`; `null` if the index does not rotate. */
  readonly rotation: Float32Array | null;
  /** `nlist × d`, in rotated space; `null` in a kind without cells. */
  readonly coarse: Float32Array | null;
  /** `M × ksub × dsub`, in rotated space: of vectors or, with cells, of residuals. */
  readonly pqCentroids: Float32Array;
}

/** Saved parameters; a kind without cells omits those about cells. */
export type CodedParams = Pick<SavedParams, 'rerank' | 'seed'> &
  Partial<Pick<SavedParams, 'nprobe' | 'opq'>>;

/** The parts of such an index. */
export interface CodedParts extends CodedModel {
  readonly params: CodedParams;
  /** Row ids: ascending or, with cells, ordered by cell and then id. */
  readonly ids: Uint32Array;
  /** `nlist + 1`; `null` in a kind without cells. */
  readonly cellStarts: Uint32Array | null;
  /** As `CodeStore` takes them. */
  readonly codes: RowSource;
  readonly rerank: RerankParts;
}

/** What is written of such an index: its live rows. */
export interface CodedContents extends CodedModel {
  readonly kind: CodedKind;
  readonly params: CodedParams;
  readonly ids: Uint32Array;
  readonly cellStarts: Uint32Array | null;
  readonly codes: SectionContent;
  readonly rerank: readonly SectionContent[];
}

/**
 * Sections of a coded kind: params, ids, with cells the coarse centroids and cell starts, the
 * rotation if any, sub-centroids, codes, and the rerank store.
 */
export function codedLayout(kind: CodedKind): KindLayout {
  return (numbers, paramNumbers) => {
    const { d, ntotal, nlist, M, nbits } = numbers;
    const params = decodeParams(kind, nlist, paramNumbers);
    const shape = codeShape(d, M, nbits);
    if (!params || !shape || nlist > 0 !== (kind === 'ivfpq')) return undefined;
    const codes = codeSizes(shape, ntotal);
    const rerank = rerankSizes(params.rerank, ntotal, d);
    if (!codes || !rerank) return undefined;
    return [...headSizes(numbers, rotates(kind, params), shape), ...codes, ...rerank];
  };
}

/** @throws `corrupt` for contents that no writer produces */
export function readCoded(kind: CodedKind, container: Container): CodedParts {
  const { d, nlist, M, nbits } = container.header;
  const params = decodeParams(kind, nlist, container.params)!;
  const shape = codeShape(d, M, nbits)!;
  const cells = nlist > 0;
  return {
    params,
    shape,
    ids: uint32Section(container, SECTION.ids),
    coarse: cells ? boundedRows(container, SECTION.coarse, d) : null,
    cellStarts: cells ? uint32Section(container, SECTION.cellStarts) : null,
    rotation: rotates(kind, params) ? rotationRows(container, SECTION.rotation, d) : null,
    pqCentroids: boundedRows(container, SECTION.pqCentroids, shape.dsub),
    codes: readCodes(container, shape),
    rerank: readRerank(container, params.rerank),
  };
}

export function writeCoded(
  { spaceId, metric, d }: VectorSpace,
  { kind, params, shape, ids, coarse, cellStarts, rotation, ...rest }: CodedContents,
): ArrayBuffer {
  const numbers = encodeParams(params);
  const { M, nbits } = shape;
  const nlist = coarse ? coarse.length / d : 0;
  const header = { kind, metric, d, ntotal: ids.length, nlist, M, nbits, spaceId };
  const sections: SectionContent[] = [
    wholeSection(SECTION.params, Uint32Array.from(numbers)),
    wholeSection(SECTION.ids, ids),
  ];
  if (coarse) sections.push(wholeSection(SECTION.coarse, coarse));
  if (cellStarts) sections.push(wholeSection(SECTION.cellStarts, cellStarts));
  if (rotation) sections.push(wholeSection(SECTION.rotation, rotation));
  sections.push(wholeSection(SECTION.pqCentroids, rest.pqCentroids), rest.codes, ...rest.rerank);
  return writeContainer(header, numbers, codedLayout(kind), sections);
}

function rotates(kind: CodedKind, { opq }: SavedParams): boolean {
  return kind === 'opq' || opq;
}

/** Header counts are at most 2³², so none of these sizes overflows. */
function headSizes(
  { d, ntotal, nlist }: IndexNumbers,
  rotated: boolean,
  { ksub }: CodeShape,
): SectionSize[] {
  const cells = [
    { id: SECTION.coarse, byteLength: 4 * nlist * d },
    { id: SECTION.cellStarts, byteLength: 4 * (nlist + 1) },
  ];
  return [
    { id: SECTION.params, byteLength: 4 * PARAM_COUNT },
    { id: SECTION.ids, byteLength: 4 * ntotal },
    ...(nlist > 0 ? cells : []),
    ...(rotated ? [{ id: SECTION.rotation, byteLength: 4 * d * d }] : []),
    { id: SECTION.pqCentroids, byteLength: 4 * ksub * d },
  ];
}
