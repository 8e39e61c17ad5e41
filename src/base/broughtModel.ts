import type { ErrorReport } from './errors.ts';

// What the page and the nets both say of a model that a person brings: plain data.

export type ModelAspect = 'keep' | 'crop' | 'squash';
export type ModelPooling = 'mean' | 'central-square' | 'none';
export type ModelRange = 'minus-one-to-one' | 'zero-to-one' | 'bytes' | 'standardized';

/** What a value of the input is, of a byte of the picture: `(byte - subtract) / divide`. */
export const MODEL_RANGES: Readonly<
  Record<ModelRange, { readonly subtract: number; readonly divide: number }>
> = {
  'minus-one-to-one': { subtract: 127.5, divide: 127.5 },
  'zero-to-one': { subtract: 0, divide: 255 },
  /** 0 to 255: also for models that scale their input themselves. */
  bytes: { subtract: 0, divide: 1 },
  /** Mean 0, deviation 1 over ImageNet: about -2 to 2.2, one mean and deviation for all channels. */
  standardized: { subtract: 114.5, divide: 57.5 },
};

/** Pixels that the short side of a model's input has at least and at most. */
export const MODEL_SIDES = { least: 16, most: 1024 } as const;

/** The limits that a model must keep to be brought: bytes of weights, dimensions of its vector. */
export const MODEL_LIMITS = { bytes: 200 * 2 ** 20, dims: 4096 } as const;

/** The picture that a model takes. */
export interface ModelInput {
  readonly name: string;
  /** As the model says it; `null` where any length will do. Four of them. */
  readonly shape: readonly (number | null)[];
  /** By where the three channels are. */
  readonly layout: 'nhwc' | 'nchw';
  /** Pixels of both sides; `null` where the model takes any, and the side can be chosen. */
  readonly side: number | null;
}

/** An output of the model, usable or not. */
export interface ModelOutput {
  readonly name: string;
  /** For one picture, batch first, found by running the model; `null` where it was not run. */
  readonly shape: readonly number[] | null;
  /** Why it can't be used as a tap; `null` where it can, and is among the taps. */
  readonly problem: ErrorReport | null;
}

/** A place in the model where a photo's vector can be read. */
export interface ModelTap {
  readonly name: string;
  /**
   * For one picture, batch first, found by running the model at the guessed side: `[1, dims]`, or
   * `[1, height, width, dims]` (`[1, dims, height, width]` where the input is so).
   */
  readonly shape: readonly number[];
  /** Values of the vector, after pooling where it is a map. */
  readonly dims: number;
  /** A `map` has to be pooled, by `mean` or `central-square`; a `vector` is taken as it is: `none`. */
  readonly kind: 'map' | 'vector';
  /** Whether it is one of the model's outputs, and not an inner layer. */
  readonly isOutput: boolean;
}

/** How the model is to be used: what the person decides. */
export interface ModelChoices {
  /** The model's own where it has one; else `MODEL_SIDES.least` to `MODEL_SIDES.most`. */
  readonly side: number;
  /** `keep` only where the model takes any side: its long side then is up to 16/9 of the short one. */
  readonly aspect: ModelAspect;
  readonly range: ModelRange;
  readonly channels: 'rgb' | 'bgr';
  /** Name of one of the taps. */
  readonly tap: string;
  readonly pooling: ModelPooling;
}
