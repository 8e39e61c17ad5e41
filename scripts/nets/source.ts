import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A weight of the source: float32, at a byte offset in `weights.bin`. */
export interface SourceWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
}

/** A layer of the source, in execution order. */
export interface SourceLayer {
  readonly name: string;
  readonly op: 'conv2d' | 'depthwiseConv2d' | 'add' | 'globalAveragePool' | 'dense';
  readonly input?: string;
  readonly inputs?: readonly string[];
  readonly stride?: number;
  readonly activation?: 'relu6' | null;
  readonly kernel?: SourceWeight;
  readonly bias?: SourceWeight;
}

/** A model as a flat list of layers: batch norm folded in, kernels in TensorFlow's layout. */
export interface SourceNet {
  readonly input: { readonly shape: readonly number[] };
  readonly layers: readonly SourceLayer[];
  readonly check: {
    readonly pattern: string;
    readonly features: readonly number[];
    readonly logitsTop5: readonly number[];
  };
  readonly references: readonly {
    readonly file: string;
    readonly features16: readonly number[];
    readonly norm: number;
    readonly top: readonly (readonly [string, number])[];
  }[];
}

export interface Source {
  readonly net: SourceNet;
  values(weight: SourceWeight): Float32Array;
}

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, side) => product * side, 1);

/** @param folder holds `model.json` and `weights.bin` */
export function readSource(folder: string): Source {
  const net = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8')) as SourceNet;
  const bytes = Uint8Array.from(readFileSync(join(folder, 'weights.bin')));
  return {
    net,
    values: ({ shape, offset }) => new Float32Array(bytes.buffer, offset, sizeOf(shape)),
  };
}
