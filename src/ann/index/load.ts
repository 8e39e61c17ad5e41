import { AkinError } from '../../base/errors.ts';
import type { IndexKind } from '../format/header.ts';
import type { Container, KindLayout } from '../format/read.ts';
import { readContainer } from '../format/read.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { FlatIndex } from './flat.ts';
import { flatLayout } from './flatContainer.ts';
import type { VectorIndex, VectorSpace } from './vectorIndex.ts';

/** How each kind is laid out in a container, and made from one. */
const KINDS: Readonly<
  Record<
    IndexKind,
    {
      readonly layout: KindLayout;
      readonly create: (kernels: Kernels, space: VectorSpace, container: Container) => VectorIndex;
    }
  >
> = {
  flat: {
    layout: flatLayout,
    create: (kernels, space, container) => new FlatIndex(kernels, space, container),
  },
};

const LAYOUTS: Readonly<Record<IndexKind, KindLayout>> = { flat: KINDS.flat.layout };

/**
 * Makes an index of its saved form. The bytes are copied into kernel memory: `container` is free to
 * go afterwards.
 *
 * @param space where given, the one the index must be of
 * @throws `truncated`, `bad-magic`, `too-new`, `too-old`, `corrupt`, `wrong-space`, `out-of-memory`
 */
export function loadIndex(
  kernels: Kernels,
  container: ArrayBuffer,
  space?: VectorSpace,
): VectorIndex {
  const read = readContainer(container, LAYOUTS);
  if (space) checkSpace(read.header, space);
  return KINDS[read.header.kind].create(kernels, read.header, read);
}

function checkSpace(actual: VectorSpace, expected: VectorSpace): void {
  for (const property of ['spaceId', 'metric', 'd'] as const) {
    if (actual[property] !== expected[property]) {
      throw new AkinError(
        'wrong-space',
        `the saved index has ${property} ${actual[property]}, not ${expected[property]}`,
      );
    }
  }
}
