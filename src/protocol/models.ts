/** An embedding model: built in, or added by the user. */
export interface ModelInfo {
  /**
   * `visual-v2`, `visual-v2-detailed`, or `user-` and 12 hex digits of a hash of its files and
   * choices.
   */
  readonly id: string;
  readonly title: string;
  readonly kind: 'built-in' | 'user';
  /** The space of its vectors. */
  readonly spaceId: string;
  readonly d: number;
  /** Total size of its files. */
  readonly bytes: number;
  /** Milliseconds since 1970; `null` for a built-in model. */
  readonly addedAt: number | null;
  /** Whether it is the model in use. */
  readonly isChosen: boolean;
  /** Number of photos with a vector in its space, which a move to it can skip. */
  readonly photos: number;
}

/** Models, served by the `library` worker. */
export interface ModelsContract {
  /** Built-in models first, then the user's, latest first. */
  listModels(): readonly ModelInfo[];
  /**
   * Uses this model from now on in all tabs and moves existing photos to it. Choosing the previous
   * model during a move reverts the move.
   *
   * Rejects with `not-found`, with `offline` if a required download fails, and with store errors;
   * nothing has changed then.
   */
  chooseModel(id: string): void;
  /**
   * Deletes a user model and its files.
   *
   * Rejects with `not-found`, and with `invalid-argument` for a built-in model, the chosen one, and
   * one that photos are still moving away from.
   */
  removeModel(id: string): void;
}
