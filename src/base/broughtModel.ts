import type { ErrorReport } from './errors.ts';

// Types of user-provided models, shared by the page and the model code: plain data.

export type ModelAspect = 'keep' | 'crop' | 'squash';
export type ModelPooling = 'mean' | 'central-square' | 'none';
export type ModelRange = 'minus-one-to-one' | 'zero-to-one' | 'bytes' | 'standardized';

/** How a byte becomes an input value: `(byte - subtract) / divide`. */
export const MODEL_RANGES: Readonly<
  Record<ModelRange, { readonly subtract: number; readonly divide: number }>
> = {
  'minus-one-to-one': { subtract: 127.5, divide: 127.5 },
  'zero-to-one': { subtract: 0, divide: 255 },
  /** 0 to 255: also for models that scale their input themselves. */
  bytes: { subtract: 0, divide: 1 },
  /**
   * Mean 0, deviation 1 over ImageNet: about -2 to 2.2, with one mean and deviation for all
   * channels.
   */
  standardized: { subtract: 114.5, divide: 57.5 },
};

/** Minimum and maximum of the short side of a model's input, in pixels. */
export const MODEL_SIDES = { least: 16, most: 1024 } as const;

/** Limits of a user-provided model: bytes of weights, dimensions of its vector. */
export const MODEL_LIMITS = { bytes: 200 * 2 ** 20, dims: 4096 } as const;

/** A model's picture input. */
export interface ModelInput {
  readonly name: string;
  /** As declared by the model, four dimensions; `null` for a dynamic one. */
  readonly shape: readonly (number | null)[];
  /** Position of the channel dimension. */
  readonly layout: 'nhwc' | 'nchw';
  /** Length of both sides in pixels; `null` if the model takes any, so it can be chosen. */
  readonly side: number | null;
}

/** An output of the model, usable or not. */
export interface ModelOutput {
  readonly name: string;
  /** For one picture, batch first, measured by running the model; `null` if it wasn't run. */
  readonly shape: readonly number[] | null;
  /** Why it can't be used as a tap; `null` if it is among the taps. */
  readonly problem: ErrorReport | null;
}

/** A tensor of the model that can serve as a photo's vector. */
export interface ModelTap {
  readonly name: string;
  /**
   * For one picture, batch first, measured by running the model at the guessed side: `[1, dims]`,
   * or `[1, height, width, dims]` (`[1, dims, height, width]` for `nchw`).
   */
  readonly shape: readonly number[];
  /** Length of the vector, after pooling for a map. */
  readonly dims: number;
  /**
   * A `map` must be pooled, by `mean` or `central-square`; a `vector` is used unchanged: `none`.
   */
  readonly kind: 'map' | 'vector';
  /** Whether it is an output of the model rather than an inner layer. */
  readonly isOutput: boolean;
}

/** The user's settings for the model. */
export interface ModelChoices {
  /** The model's own if fixed; else `MODEL_SIDES.least` to `MODEL_SIDES.most`. */
  readonly side: number;
  /**
   * `keep` only if the model takes any side: the long side is then at most 16/9 of the short one.
   */
  readonly aspect: ModelAspect;
  readonly range: ModelRange;
  readonly channels: 'rgb' | 'bgr';
  /** Name of one of the taps. */
  readonly tap: string;
  readonly pooling: ModelPooling;
}
