import type { NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';

/** A loaded TF.js model of either format, which can run up to any of its nodes or layers. */
export interface NetGraph {
  /** Pictures per call, if fixed by the model's input; else `null`. */
  readonly batch: number | null;
  /**
   * @param feeds by name of the input or node
   * @returns the tensors of `names`, in order; throws whatever TF.js throws
   */
  execute(feeds: NamedTensorMap, names: readonly string[]): Tensor[];
  dispose(): void;
}
