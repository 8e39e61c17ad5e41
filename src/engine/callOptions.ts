/** Options common to all long calls. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}
