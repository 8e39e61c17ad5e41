import { AkinError } from '../../base/errors.ts';
import { safeProduct } from '../../base/layout.ts';
import type { Container, KindLayout } from '../format/read.ts';
import { draftContainer, sealContainer } from '../format/write.ts';
import { isVector } from './checkVector.ts';
import type { VectorSpace } from './vectorIndex.ts';

const VECTORS = 1;
const IDS = 2;

/** The sections of a flat index: `ntotal × d` float32, then `ntotal` uint32, rising. */
export const flatLayout: KindLayout = ({ d, ntotal, nlist, M, nbits }) => {
  const vectorBytes = safeProduct(ntotal, d, 4);
  if (vectorBytes === undefined || nlist !== 0 || M !== 0 || nbits !== 0) return undefined;
  return [
    { id: VECTORS, byteLength: vectorBytes },
    { id: IDS, byteLength: ntotal * 4 },
  ];
};

/**
 * Writes a flat index.
 *
 * @param ids strictly rising
 * @param copyVector writes the vector of an id into the place it is given
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
  const sizes = flatLayout(numbers);
  if (sizes === undefined) {
    throw new AkinError('out-of-memory', `no memory for ${ids.length} × ${d} components`);
  }
  const draft = draftContainer({ ...numbers, spaceId }, sizes);
  const flat = flatViews(draft, d, ids.length);
  flat.ids.set(ids);
  ids.forEach((id, row) => {
    copyVector(id, flat.vectors.subarray(row * d, (row + 1) * d));
  });
  return sealContainer(draft);
}

/** What a flat container holds: views of its buffer. */
export interface FlatSections {
  /** `ntotal × d`. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** `ntotal`, strictly rising. */
  readonly ids: Uint32Array<ArrayBuffer>;
}

/**
 * The contents of a flat container, checked: an id that is zero or out of order, or a vector that no
 * writer would have taken, would make searches answer wrongly.
 *
 * @throws `corrupt`
 */
export function readFlat(container: Container): FlatSections {
  const { d, ntotal } = container.header;
  const { vectors, ids } = flatViews(container, d, ntotal);
  let previous = 0;
  for (let row = 0; row < ntotal; row++) {
    const id = ids[row]!;
    if (id <= previous) {
      throw new AkinError('corrupt', `the saved index is damaged: id ${id} after ${previous}`);
    }
    previous = id;
    if (!isVector(vectors, row * d, d)) {
      throw new AkinError('corrupt', `the saved index is damaged: row ${row} is no vector`);
    }
  }
  return { vectors, ids };
}

function flatViews(
  { buffer, sections }: Pick<Container, 'buffer' | 'sections'>,
  d: number,
  ntotal: number,
): FlatSections {
  const offset = (id: number) => sections.find((section) => section.id === id)!.byteOffset;
  return {
    vectors: new Float32Array(buffer, offset(VECTORS), ntotal * d),
    ids: new Uint32Array(buffer, offset(IDS), ntotal),
  };
}
