import { AkinError } from '../../../base/errors.ts';
import { safeProduct } from '../../../base/layout.ts';
import { SECTION } from '../../format/header.ts';
import type { Container, KindLayout } from '../../format/read.ts';
import type { SectionContent } from '../../format/sections.ts';
import {
  float32Section,
  uint32Section,
  wholeSection,
  writeContainer,
} from '../../format/sections.ts';
import { draftContainer, sealContainer } from '../../format/write.ts';
import { risingIds } from '../checkSections.ts';
import { isVector } from '../checkVector.ts';
import type { Sq8Parts } from '../rows/sq8Store.ts';
import { readSq8, sq8Sizes } from '../rows/sq8Store.ts';
import type { VectorSpace } from '../vectorIndex.ts';

const SQ8_BITS = 8;

/**
 * Sections of a flat index: `ntotal × d` float32, then `ntotal` uint32, ascending; with `nbits` 8
 * the ids, then the scales and codes of an SQ8 store.
 */
export const flatLayout: KindLayout = ({ d, ntotal, nlist, M, nbits }) => {
  if (nlist !== 0 || M !== 0) return undefined;
  const ids = { id: SECTION.ids, byteLength: ntotal * 4 };
  if (nbits === SQ8_BITS) {
    const sq8 = sq8Sizes(ntotal, d);
    return sq8 && [ids, ...sq8];
  }
  const vectorBytes = safeProduct(ntotal, d, 4);
  if (vectorBytes === undefined || nbits !== 0) return undefined;
  return [{ id: SECTION.vectors, byteLength: vectorBytes }, ids];
};

/**
 * Writes a flat index.
 *
 * @param ids strictly ascending
 * @param copyVector writes the vector of an id into the given place
 */
export function writeFlat(
  { spaceId, metric, d }: VectorSpace,
  ids: Uint32Array,
  copyVector: (id: number, target: Float32Array) => void,
): ArrayBuffer {
  const numbers = {
    kind: 'flat',
    metric,
    d,
    ntotal: ids.length,
    nlist: 0,
    M: 0,
    nbits: 0,
  } as const;
  const sizes = flatLayout(numbers, []);
  if (sizes === undefined) {
    throw new AkinError('out-of-memory', `no memory for ${ids.length} × ${d} components`);
  }
  const draft = draftContainer({ ...numbers, spaceId }, sizes);
  const flat = flatViews(draft);
  flat.ids.set(ids);
  ids.forEach((id, row) => {
    copyVector(id, flat.vectors.subarray(row * d, (row + 1) * d));
  });
  return sealContainer(draft);
}

/** The contents of a flat container, as views of its buffer. */
export interface FlatSections {
  /** `ntotal × d`. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** `ntotal`, strictly ascending. */
  readonly ids: Uint32Array<ArrayBuffer>;
}

/**
 * Reads and checks a flat container: an id that is zero or out of order, or a vector that no writer
 * would accept, would give wrong search results.
 *
 * @throws `corrupt`
 */
export function readFlat(container: Container): FlatSections {
  const { d, ntotal } = container.header;
  const vectors = float32Section(container, SECTION.vectors);
  const ids = risingIds(container);
  for (let row = 0; row < ntotal; row++) {
    if (!isVector(vectors, row * d, d)) {
      throw new AkinError('corrupt', `the saved index is damaged: row ${row} is no vector`);
    }
  }
  return { vectors, ids };
}

/** The parts of a flat SQ8 index. */
export interface Sq8FlatParts extends Sq8Parts {
  /** `ntotal`, strictly ascending. */
  readonly ids: Uint32Array;
}

/** @param ids strictly ascending. @param store the store's sections for their rows */
export function writeSq8Flat(
  { spaceId, metric, d }: VectorSpace,
  ids: Uint32Array,
  store: readonly SectionContent[],
): ArrayBuffer {
  const header = { kind: 'flat', metric, d, nlist: 0, M: 0, nbits: SQ8_BITS } as const;
  return writeContainer({ ...header, ntotal: ids.length, spaceId }, [], flatLayout, [
    wholeSection(SECTION.ids, ids),
    ...store,
  ]);
}

/** @throws `corrupt` */
export function readSq8Flat(container: Container): Sq8FlatParts {
  return { ids: risingIds(container), ...readSq8(container) };
}

function flatViews(container: Pick<Container, 'buffer' | 'sections'>): FlatSections {
  return {
    vectors: float32Section(container, SECTION.vectors),
    ids: uint32Section(container, SECTION.ids),
  };
}
