import type { AkinError } from '../../base/errors.ts';

/** A node or layer on the picture's path through a model. */
export interface Place {
  readonly name: string;
  /** Operation of a node or class of a layer, as named by TF.js. */
  readonly op: string;
  /** Names of the places it takes input from. */
  readonly from: readonly string[];
  /** Names of its weights, if the model names them. */
  readonly constants: readonly string[];
}

/** A model without its weights: its operations, their order and inputs. */
export interface Skeleton {
  readonly input: {
    readonly name: string;
    /** As declared, with `null` for any length; `null` if undeclared. */
    readonly shape: readonly (number | null)[] | null;
  };
  /** In executable order; only places that depend on the picture and can be run. */
  readonly places: readonly Place[];
  /** Names of the outputs, with the problem of those that are not among the places. */
  readonly outputs: readonly { readonly name: string; readonly problem: AkinError | null }[];
}
