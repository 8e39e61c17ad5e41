/**
 * Every error code. Codes are stable: they cross workers, are stored in the database, and tests,
 * callers and the page's texts depend on them. Messages may change.
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
  | 'no-feature-map'
  // user-provided models
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

/**
 * Values for the page's message of a code: sizes, counts and names. `reason` selects one of several
 * messages for the same code.
 */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An error as plain data, to cross workers and be stored. */
export interface ErrorReport {
  readonly code: ErrorCode;
  /** English, for the console and callers. The page has its own text for each code. */
  readonly message: string;
  readonly details?: ErrorDetails;
}

/** An error with a stable code. */
export class AkinError extends Error implements ErrorReport {
  readonly code: ErrorCode;
  readonly details?: ErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    { details, ...options }: { cause?: unknown; details?: ErrorDetails | undefined } = {},
  ) {
    super(message, options);
    this.name = 'AkinError';
    this.code = code;
    if (details) this.details = details;
  }
}

/**
 * Thrown by a worker that is called before it is configured. It concerns Akin or the browser, not
 * the arguments: no photo may fail because of it.
 */
export function notConfigured(): AkinError {
  return new AkinError(
    'not-configured',
    'A part of Akin started in the wrong order. Try again, or reload the page.',
  );
}

/** Converts anything thrown to an `AkinError`; without a code of its own it gets `fallback`. */
export function toAkinError(thrown: unknown, fallback: ErrorCode = 'internal'): AkinError {
  if (thrown instanceof AkinError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AkinError(fallback, message, { cause: thrown });
}

/** Anything thrown, as plain data; without a code of its own it gets `fallback`. */
export function errorReport(thrown: unknown, fallback?: ErrorCode): ErrorReport {
  const { code, message, details } = toAkinError(thrown, fallback);
  return details ? { code, message, details } : { code, message };
}

/** Restores the error of a report. */
export function errorOf({ code, message, details }: ErrorReport): AkinError {
  return new AkinError(code, message, { details });
}
