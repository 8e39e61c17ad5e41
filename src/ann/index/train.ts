import { AkinError } from '../../base/errors.ts';
import { isSpaceId } from '../format/header.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { TrainControl } from '../quantizer/control.ts';
import type { KindOfIndex } from './kind.ts';
import { KINDS } from './kinds.ts';
import { splitQueries } from './searchPlan.ts';
import type { IndexSpec, ResolvedSpec } from './spec.ts';
import { resolveSpec } from './spec.ts';
import type { IndexBuilder, VectorSpace } from './vectorIndex.ts';

/**
 * Trains an index of any kind on a sample of the vectors it will hold. The returned builder is
 * empty: the sample's vectors must be added too.
 *
 * The same sample, specification and additions give the same index on any kernels, up to the order
 * of equally near results.
 *
 * @param spec omitted parameters get the defaults of `resolveSpec`
 * @param sample `n × d`, row-major; must not change until training has finished
 * @throws `invalid-argument` (the space, the specification, too few vectors), `bad-vector`,
 *   `out-of-memory`, `aborted`
 */
export async function trainIndex(
  kernels: Kernels,
  space: VectorSpace,
  spec: IndexSpec,
  sample: Float32Array,
  control?: TrainControl,
): Promise<IndexBuilder> {
  if (!isSpaceId(space.spaceId)) {
    throw new AkinError('invalid-argument', 'a space id is 1 to 128 printable ASCII characters');
  }
  const resolved = resolveSpec(spec, Math.floor(sample.length / space.d), space.d);
  splitQueries(sample, space.d);
  const kind = KINDS[resolved.kind] as KindOfIndex<ResolvedSpec['kind']>;
  return kind.train(kernels, space, resolved, sample, control);
}
