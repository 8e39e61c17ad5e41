import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFit, type SpaceFit } from '../../src/vision/nets/fit.ts';
import { vectorOf } from '../../src/vision/nets/projection.ts';

export interface FittedPart {
  readonly net: string;
  /** Dimensions assigned to it: see docs/embedding.md. */
  readonly d: number;
  /** The single-part model whose projection is reused unchanged. */
  readonly as?: string;
}

/** The parts of each built-in model. */
export const FITTED: Readonly<Record<string, readonly FittedPart[]>> = {
  'visual-v2': [{ net: 'efficientnet-lite1', d: 384 }],
  'visual-v2-detailed': [
    { net: 'efficientnet-lite1', d: 384, as: 'visual-v2' },
    { net: 'efficientnet-lite2', d: 256 },
  ],
};

/** The model and photo folder from a script's arguments, in any order. */
export function modelArgs(root: string): { model: string; data: string } {
  const args = process.argv.slice(2);
  const model = args.find((arg) => Object.hasOwn(FITTED, arg)) ?? 'visual-v2';
  return { model, data: args.find((arg) => arg !== model) ?? join(root, '../shared/data') };
}

/** The committed fit of a model. */
export function committedFit(root: string, model: string): SpaceFit {
  const folder = join(root, 'models', model);
  const bin = Uint8Array.from(readFileSync(join(folder, 'fit.bin')));
  const json = JSON.parse(readFileSync(join(folder, 'fit.json'), 'utf8')) as unknown;
  return readFit(json, bin, createHash('sha256').update(bin).digest('hex'));
}

/** Vectors of photos in a model's space. @param features of each photo, from each part's model */
export function vectorsOf(
  { parts }: Pick<SpaceFit, 'parts'>,
  features: readonly (readonly Float32Array[])[],
): Float32Array<ArrayBuffer>[] {
  const projections = parts.map(({ projection }) => projection);
  return features.map((each) => vectorOf(projections, each));
}
