import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';

/** A loaded TF.js model of either format, run up to whichever of its nodes or layers are asked for. */
export interface NetGraph {
  /** Pictures that a call takes, where the model's input fixes their number; else `null`. */
  readonly batch: number | null;
  /**
   * @param feeds by name of the input or node
   * @returns the tensors of `names`, in their order; throws whatever TF.js throws
   */
  execute(feeds: NamedTensorMap, names: readonly string[]): Tensor[];
  dispose(): void;
}
