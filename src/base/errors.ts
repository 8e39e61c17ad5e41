/**
 * Every failure Akin can name. The code is stable: it crosses workers, is kept in the
 * database and is what tests and callers match on. The message is for the person and may change.
 */
export type ErrorCode =
  // pictures
  | 'empty-file'
  | 'unsupported-format'
  | 'damaged-picture'
  | 'too-many-pixels'
  | 'file-too-large'
  | 'unreadable-file'
  | 'unreadable-folder'
  | 'decoder-failed'
  | 'decoder-missing'
  // models and backends
  | 'model-missing'
  | 'model-corrupt'
  | 'backend-unavailable'
  | 'device-lost'
  // models that a person brings
  | 'model-unreadable'
  | 'model-incomplete'
  | 'model-wrong-weights'
  | 'model-too-large'
  | 'model-unknown-op'
  | 'model-wrong-input'
  | 'model-no-output'
  | 'model-too-many-dims'
  | 'model-not-finite'
  | 'model-same-answer'
  | 'model-failed'
  // saved indexes and vectors
  | 'bad-magic'
  | 'too-new'
  | 'too-old'
  | 'truncated'
  | 'corrupt'
  | 'wrong-space'
  | 'bad-vector'
  | 'too-many-steps'
  // storage
  | 'quota-exceeded'
  | 'storage-blocked'
  | 'storage-closed'
  | 'storage-lost'
  | 'storage-failed'
  // memory
  | 'out-of-memory'
  // calls
  | 'not-found'
  | 'invalid-argument'
  | 'aborted'
  | 'worker-died'
  | 'not-configured'
  | 'offline'
  | 'internal';

/** An error with a stable code and a message written for the person who meets it. */
export class AkinError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AkinError';
    this.code = code;
  }
}

/**
 * What a worker throws that is called before it was told what it needs. It says something of Akin or
 * of the browser, never of what the call was about: no photo may fail for it.
 */
export function notConfigured(): AkinError {
  return new AkinError(
    'not-configured',
    'A part of Akin started in the wrong order. Try again, or reload the page.',
  );
}

/** Turns anything thrown into an `AkinError`; what has no code of its own becomes `fallback`. */
export function toAkinError(thrown: unknown, fallback: ErrorCode = 'internal'): AkinError {
  if (thrown instanceof AkinError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AkinError(fallback, message, { cause: thrown });
}
