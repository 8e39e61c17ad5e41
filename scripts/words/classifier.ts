import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNetSpec } from '../../src/vision/nets/spec.ts';
import { findWeight, readWeight } from '../../src/vision/nets/weights.ts';

/** A model's last layer, as committed. */
export interface Classifier {
  readonly dims: number;
  readonly count: number;
  /** `dims × count` */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

export function classifierOf(root: string, net: string): Classifier {
  const folder = join(root, 'models', net);
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const { tap, classes } = readNetSpec(json('spec.json'));
  if (!classes) throw new Error(`${net} has no classifier.`);
  const model = json('model.json');
  const weight = (name: string) => {
    const place = findWeight(model, name);
    return readWeight(Uint8Array.from(readFileSync(join(folder, place.path))), place);
  };
  return {
    dims: tap.dims,
    count: classes.count,
    kernel: weight(classes.kernel),
    bias: weight(classes.bias),
  };
}

/** Logits of all classes from a photo's features. */
export function logitsOf({ dims, count, kernel, bias }: Classifier, features: Float32Array) {
  const logits = Float32Array.from(bias);
  for (let i = 0; i < dims; i++) {
    const value = features[i]!;
    if (value === 0) continue;
    for (let c = 0; c < count; c++) logits[c]! += value * kernel[i * count + c]!;
  }
  return logits;
}
