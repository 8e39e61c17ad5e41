import { io } from '@tensorflow/tfjs-core';
import type { ModelRange } from '../../base/broughtModel.ts';
import type { Skeleton } from './skeleton.ts';
import { bytesOf } from './weightSpecs.ts';

/** They hand on what they are given, as far as its range goes. */
const PASSING: ReadonlySet<string> = new Set([
  'Identity',
  'Cast',
  'Transpose',
  'ZeroPadding2D',
  'Pad',
]);
/** A factor below this brings bytes down to about 1; a larger one stretches what is there already. */
const BRINGS_DOWN = 0.1;
/** More than this is taken away from bytes only. */
const OF_BYTES = 2;

/** The first number of a weight; `null` where that takes more than reading it. */
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
 * The range that a model most likely takes: what it does with its input first tells it, where it does
 * anything; most others were trained from -1 to 1.
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
