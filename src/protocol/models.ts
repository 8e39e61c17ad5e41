/** What turns photos into vectors: one of Akin's own models, or one that its user has brought. */
export interface ModelInfo {
  /** `visual-v2`, `visual-v2-detailed`, or `user-` and 12 hex digits of what was brought. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'built-in' | 'user';
  /** The space its vectors are in. */
  readonly spaceId: string;
  readonly d: number;
  /** Of its files. */
  readonly bytes: number;
  /** Milliseconds since 1970; `null` for a built-in one. */
  readonly addedAt: number | null;
  /** Whether photos are seen with it. */
  readonly isChosen: boolean;
  /** Photos that have a vector in its space: what a move to it need not do again. */
  readonly photos: number;
}

/** What the `library` worker answers about models. */
export interface ModelsContract {
  /** The built-in ones first, then the user's, the latest first. */
  listModels(): readonly ModelInfo[];
  /**
   * Photos are seen with this model from now on, in all tabs, and those that are there move to it.
   * During a move from one model to another, choosing the former one takes the move back.
   *
   * Rejects with `not-found`, `offline` where it has to be downloaded first and can’t be, and those of
   * the store; then nothing has changed.
   */
  chooseModel(id: string): void;
  /**
   * Deletes a user's model and its files.
   *
   * Rejects with `not-found`, and with `invalid-argument` for a built-in model, the chosen one, and one
   * that photos are still moving away from.
   */
  removeModel(id: string): void;
}
