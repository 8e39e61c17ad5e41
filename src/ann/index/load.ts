import { AkinError } from '../../base/errors.ts';
import { readContainer } from '../format/read.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { KINDS } from './kinds.ts';
import type { VectorIndex, VectorSpace } from './vectorIndex.ts';

/**
 * Loads an index from its saved form. Copies the bytes into kernel memory, so `container` can be
 * released afterwards.
 *
 * @param space if given, the space that the index must have
 * @throws `truncated`, `bad-magic`, `too-new`, `too-old`, `corrupt`, `wrong-space`, `out-of-memory`
 */
export function loadIndex(
  kernels: Kernels,
  container: ArrayBuffer,
  space?: VectorSpace,
): VectorIndex {
  const read = readContainer(container, (kind) => KINDS[kind].layout);
  if (space) checkSpace(read.header, space);
  return KINDS[read.header.kind].load(kernels, read);
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
