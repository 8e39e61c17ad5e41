import { AkinError } from '../../base/errors.ts';
import type { Net } from '../nets/loadNet.ts';
import { normalize } from '../nets/projection.ts';
import { checkPictures } from './checkPictures.ts';
import { explain } from './explain.ts';

/** Unit vectors closer than this are equal up to rounding. */
const SAME = 1e-6;

/**
 * Normalizes a net's features to a photo's vector.
 *
 * @returns a new unit vector
 * @throws AkinError `model-not-finite`
 */
export function unitVector(features: Float32Array): Float32Array<ArrayBuffer> {
  const vector = Float32Array.from(features);
  normalize(vector);
  if (features.every(Number.isFinite) && vector.every(Number.isFinite)) return vector;
  throw new AkinError(
    'model-not-finite',
    'The model answers with values that aren’t numbers. Most likely it wants its input in another range; if another one doesn’t help, its weights are damaged.',
  );
}

/**
 * Checks that a net tells pictures apart.
 *
 * @param vectors unit vectors of different pictures; fewer than two pass
 * @throws AkinError `model-same-answer`
 */
export function checkDiffer(vectors: readonly Float32Array[]): void {
  const [first, ...others] = vectors;
  if (!first || others.length === 0) return;
  const differs = others.some((vector) => {
    let squared = 0;
    for (let i = 0; i < vector.length; i++) squared += (vector[i]! - first[i]!) ** 2;
    return squared / 2 > SAME;
  });
  if (differs) return;
  throw new AkinError(
    'model-same-answer',
    first.every((value) => value === 0)
      ? 'The model answers every picture with zeros. Choose another layer, or another range for its input.'
      : 'The model gives the same answer for every picture. Choose another layer, or another range for its input.',
    { details: { reason: first.every((value) => value === 0) ? 'zeros' : 'same' } },
  );
}

export interface CheckOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Runs a net on pictures that differ in every respect, one at a time.
 *
 * @returns their vectors, and the wall time of each in the net, in ms; the first of each shape
 *   includes memory allocation and compilation
 * @throws AkinError `model-not-finite`, `model-same-answer`, `aborted`, and those of `explain`
 */
export async function checkAnswers(
  net: Net,
  { signal, onProgress = () => {} }: CheckOptions = {},
): Promise<{ vectors: Float32Array<ArrayBuffer>[]; ms: number[] }> {
  const pictures = checkPictures(net.spec.input);
  const vectors: Float32Array<ArrayBuffer>[] = [];
  const ms: number[] = [];
  try {
    for (const [i, picture] of pictures.entries()) {
      signal?.throwIfAborted();
      const { readings, netMs } = await net.run([picture]);
      vectors.push(unitVector(readings[0]!.features));
      ms.push(netMs);
      onProgress(i + 1, pictures.length);
      // Lets an abort message arrive.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  } catch (thrown) {
    throw explain(thrown);
  }
  checkDiffer(vectors);
  return { vectors, ms };
}
