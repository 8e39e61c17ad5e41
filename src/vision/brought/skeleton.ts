import type { AkinError } from '../../base/errors.ts';

/** A node or layer that a picture comes by on its way through a model. */
export interface Place {
  readonly name: string;
  /** Operation of a node, or class of a layer, as TF.js names it. */
  readonly op: string;
  /** Names of the places whose answers it takes. */
  readonly from: readonly string[];
  /** Names of the weights that it takes besides, where the model names them so. */
  readonly constants: readonly string[];
}

/** A model without its weights: what runs, in which order, on what. */
export interface Skeleton {
  readonly input: {
    readonly name: string;
    /** As the model says it, `null` where any length will do; `null` where it says nothing. */
    readonly shape: readonly (number | null)[] | null;
  };
  /** In an order in which they can run; only what depends on the picture and can be run. */
  readonly places: readonly Place[];
  /** Names of the outputs, with what is wrong with those that are not among the places. */
  readonly outputs: readonly { readonly name: string; readonly problem: AkinError | null }[];
}
