import { SECTION } from '../../format/header.ts';
import type { Container, KindLayout } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import { uint32Section, wholeSection, writeContainer } from '../../format/sections.ts';
import { cellSizes } from '../cells/cellSections.ts';
import { boundedRows } from '../checkSections.ts';
import type { SavedParams } from '../params.ts';
import { decodeParams, encodeParams } from '../params.ts';
import { float32Sizes, readFloat32 } from '../rows/float32Store.ts';
import type { RowSource } from '../rows/ownedBlocks.ts';
import type { VectorSpace } from '../vectorIndex.ts';

/** The parts of an IVF index. */
export interface IvfParts {
  readonly params: Pick<SavedParams, 'nprobe' | 'seed'>;
  /** Row ids, ordered by cell and then id. */
  readonly ids: Uint32Array;
  /** `nlist × d`. */
  readonly coarse: Float32Array;
  /** `nlist + 1`. */
  readonly cellStarts: Uint32Array;
  /** `ntotal × d` float32, in row order. */
  readonly vectors: RowSource;
}

/** The sections of an IVF index: params, ids, coarse centroids, cell starts, vectors. */
export const ivfLayout: KindLayout = ({ d, ntotal, nlist, M, nbits }, numbers) => {
  const cells = cellSizes(ntotal, d, nlist);
  const vectors = float32Sizes(ntotal, d);
  const sound = decodeParams('ivf', nlist, numbers) !== undefined && M === 0 && nbits === 0;
  return sound && cells && vectors ? [...cells, ...vectors] : undefined;
};

/** @throws `corrupt` for contents that no writer produces */
export function readIvf(container: Container): IvfParts {
  const { d, nlist } = container.header;
  return {
    params: decodeParams('ivf', nlist, container.params)!,
    ids: uint32Section(container, SECTION.ids),
    coarse: boundedRows(container, SECTION.coarse, d),
    cellStarts: uint32Section(container, SECTION.cellStarts),
    vectors: readFloat32(container),
  };
}

/** What is written of an IVF index: its live rows. */
export interface IvfContents {
  readonly params: Pick<SavedParams, 'nprobe' | 'seed'>;
  readonly ids: Uint32Array;
  readonly coarse: Float32Array;
  readonly cellStarts: Uint32Array;
  readonly vectors: readonly SectionContent[];
}

export function writeIvf(
  { spaceId, metric, d }: VectorSpace,
  { params, ids, coarse, cellStarts, vectors }: IvfContents,
): ArrayBuffer {
  const nlist = cellStarts.length - 1;
  const header = { kind: 'ivf', metric, d, ntotal: ids.length, nlist, M: 0, nbits: 0 } as const;
  const numbers = encodeParams(params);
  return writeContainer({ ...header, spaceId }, numbers, ivfLayout, [
    wholeSection(SECTION.params, Uint32Array.from(numbers)),
    wholeSection(SECTION.ids, ids),
    wholeSection(SECTION.coarse, coarse),
    wholeSection(SECTION.cellStarts, cellStarts),
    ...vectors,
  ]);
}
