import { io } from '@tensorflow/tfjs-core';
import type { ModelRange } from '../../base/broughtModel.ts';
import type { Skeleton } from './skeleton.ts';
import { bytesOf } from './weightSpecs.ts';

/** Operations that preserve the range of their input. */
const PASSING: ReadonlySet<string> = new Set([
  'Identity',
  'Cast',
  'Transpose',
  'ZeroPadding2D',
  'Pad',
]);
/** A factor below this maps bytes to about 1; a larger one scales a range that is already small. */
const BRINGS_DOWN = 0.1;
/** Offsets larger than this are only subtracted from bytes. */
const OF_BYTES = 2;

/** The first value of a weight; `null` if it is not directly readable. */
function firstValue({ weightSpecs = [], weightData }: io.ModelArtifacts, name: string) {
  let at = 0;
  for (const spec of weightSpecs) {
    if (spec.name === name) {
      if (spec.dtype !== 'float32' || spec.quantization || !weightData) return null;
      const bytes = new io.CompositeArrayBuffer(weightData).slice(at, at + 4);
      return bytes.byteLength === 4 ? new Float32Array(bytes)[0]! : null;
    }
    at += bytesOf(spec);
  }
  return null;
}

/**
 * Guesses the input range of a model. Its first operations on the input reveal it, if there are
 * any; most others were trained with −1 to 1.
 */
export function guessRange({ places }: Skeleton, artifacts: io.ModelArtifacts): ModelRange {
  let scales = false;
  for (const { op, constants } of places) {
    if (PASSING.has(op)) continue;
    if (op === 'Rescaling') return 'bytes';
    const [name] = constants;
    const value = name === undefined ? null : firstValue(artifacts, name);
    if (value === null) break;
    if (op === 'Mul') return Math.abs(value) < BRINGS_DOWN ? 'bytes' : 'zero-to-one';
    if (op === 'RealDiv' || op === 'Div') {
      return Math.abs(value) > 1 / BRINGS_DOWN ? 'bytes' : 'zero-to-one';
    }
    if (op !== 'Sub' && op !== 'Add' && op !== 'AddV2') break;
    if (Math.abs(value) > OF_BYTES) return 'bytes';
    scales = true;
  }
  return scales ? 'zero-to-one' : 'minus-one-to-one';
}
