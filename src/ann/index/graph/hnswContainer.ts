import { AkinError } from '../../../base/errors.ts';
import { safeProduct } from '../../../base/layout.ts';
import { PARAM_COUNT, SECTION } from '../../format/header.ts';
import type { Container, KindLayout } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import {
  bytesSection,
  uint32Section,
  wholeSection,
  writeContainer,
} from '../../format/sections.ts';
import { NO_LINK } from '../../kernels/graph.ts';
import { readRerank, rerankSizes } from '../rerank/reranker.ts';
import { MAX_EF, MAX_LINKS } from '../spec/graph.ts';
import type { SpecOf } from '../spec.ts';
import type { VectorSpace } from '../vectorIndex.ts';
import type { GraphVectors } from './graphStore.ts';
import { MAX_LEVEL } from './levels.ts';
import type { LinkParts } from './linkLists.ts';

const SQ8_BITS = 8;
/** Place of the seed among the params, as in other kinds. */
const SEED = 5;

/** What building and adding need of the specification. */
export type HnswParams = Pick<SpecOf<'hnsw'>, 'efConstruction' | 'seed'>;

/** The parts of a graph index. */
export interface HnswParts {
  readonly params: HnswParams;
  /** Ascending. */
  readonly ids: Uint32Array;
  readonly vectors: GraphVectors;
  /** Without lists, of rows to be linked. */
  readonly links: Pick<LinkParts, 'M' | 'levels'> & Partial<LinkParts>;
}

/**
 * The sections of a graph index: params, ids, vectors, levels, links of the bottom layer, links of
 * the layers above.
 */
export const hnswLayout: KindLayout = ({ d, ntotal, nlist, M, nbits }, numbers) => {
  const [efConstruction, upperLists] = numbers;
  const sound =
    numbers.length === PARAM_COUNT &&
    nlist === 0 &&
    M >= 2 &&
    M <= MAX_LINKS &&
    (nbits === 0 || nbits === SQ8_BITS) &&
    efConstruction! >= 1 &&
    efConstruction! <= MAX_EF &&
    numbers.every((number, i) => i < 2 || i === SEED || number === 0);
  const vectors = rerankSizes(nbits === SQ8_BITS ? 'sq8' : 'float32', ntotal, d);
  const linkBytes = safeProduct(ntotal, 2 * M, 4);
  const upperBytes = safeProduct(upperLists!, M, 4);
  if (!sound || !vectors || linkBytes === undefined || upperBytes === undefined) return undefined;
  return [
    { id: SECTION.params, byteLength: 4 * PARAM_COUNT },
    { id: SECTION.ids, byteLength: 4 * ntotal },
    ...vectors,
    { id: SECTION.levels, byteLength: ntotal },
    { id: SECTION.links, byteLength: linkBytes },
    { id: SECTION.upperLinks, byteLength: upperBytes },
  ];
};

/** The specification of a saved index. @param numbers of its params section */
export function hnswParams(numbers: readonly number[]): HnswParams {
  return { efConstruction: numbers[0]!, seed: numbers[SEED]! };
}

/** @throws `corrupt` for contents that no writer produces */
export function readHnsw(container: Container): HnswParts {
  const { header, params } = container;
  const ids = uint32Section(container, SECTION.ids);
  const rising = ids.every((id, row) => id > (row === 0 ? 0 : ids[row - 1]!));
  check(rising, 'ids that do not rise');
  const vectors = readRerank(container, header.nbits === SQ8_BITS ? 'sq8' : 'float32');
  const links = {
    M: header.M,
    levels: bytesSection(container, SECTION.levels),
    links: uint32Section(container, SECTION.links),
    upperLinks: uint32Section(container, SECTION.upperLinks),
  };
  checkLinks(links, params[1]!);
  return { params: hnswParams(params), ids, vectors: vectors as GraphVectors, links };
}

/** @throws `corrupt` */
function checkLinks({ M, levels, links, upperLinks }: LinkParts, upperLists: number): void {
  let sum = 0;
  for (const level of levels) {
    check(level <= MAX_LEVEL, `level ${level}`);
    sum += level;
  }
  check(sum === upperLists, `${upperLists} lists for levels of ${sum}`);
  // For each row, the last list that had it, to find one listed twice.
  const listed = new Uint32Array(levels.length);
  let lists = 0;
  const checkList = (slots: Uint32Array, row: number, layer: number) => {
    lists++;
    let ended = false;
    for (const other of slots) {
      if (other === NO_LINK) {
        ended = true;
        continue;
      }
      check(
        !ended &&
          other < levels.length &&
          other !== row &&
          levels[other]! >= layer &&
          listed[other] !== lists,
        `a link of row ${row} in layer ${layer}`,
      );
      listed[other] = lists;
    }
  };
  let upper = 0;
  levels.forEach((level, row) => {
    checkList(links.subarray(2 * M * row, 2 * M * (row + 1)), row, 0);
    for (let layer = 1; layer <= level; layer++, upper += M) {
      checkList(upperLinks.subarray(upper, upper + M), row, layer);
    }
  });
}

/** What is written of a graph index: its live rows. */
export interface HnswContents {
  readonly params: HnswParams;
  readonly store: SpecOf<'hnsw'>['store'];
  readonly ids: Uint32Array;
  readonly vectors: readonly SectionContent[];
  readonly links: LinkParts;
}

export function writeHnsw(
  { spaceId, metric, d }: VectorSpace,
  { params, store, ids, vectors, links }: HnswContents,
): ArrayBuffer {
  const { M, levels, upperLinks } = links;
  const nbits = store === 'sq8' ? SQ8_BITS : 0;
  const header = { kind: 'hnsw', metric, d, ntotal: ids.length, nlist: 0, M, nbits } as const;
  const { efConstruction, seed } = params;
  const numbers = [efConstruction, upperLinks.length / M, 0, 0, 0, seed, 0, 0];
  return writeContainer({ ...header, spaceId }, numbers, hnswLayout, [
    wholeSection(SECTION.params, Uint32Array.from(numbers)),
    wholeSection(SECTION.ids, ids),
    ...vectors,
    wholeSection(SECTION.levels, levels),
    wholeSection(SECTION.links, links.links),
    wholeSection(SECTION.upperLinks, upperLinks),
  ]);
}

/** Throws `corrupt` for a fault that no writer of this format produces. */
function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new AkinError('corrupt', `the saved index is damaged: ${what}`);
}
