/**
 * Every failure Akin can name. The code is stable: it crosses workers, is kept in the
 * database and is what tests, callers and the page's texts go by. The message may change.
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

/**
 * Values that the page's message for a code is written with: sizes, counts and names. `reason` picks
 * one of several messages of the same code.
 */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** An error as plain data, which crosses workers and is stored. */
export interface ErrorReport {
  readonly code: ErrorCode;
  /** English, for the console and for callers. The page has a text of its own for each code. */
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

/** Anything thrown, as plain data; what has no code of its own becomes `fallback`. */
export function errorReport(thrown: unknown, fallback?: ErrorCode): ErrorReport {
  const { code, message, details } = toAkinError(thrown, fallback);
  return details ? { code, message, details } : { code, message };
}

/** The error that `errorReport` made a report of. */
export function errorOf({ code, message, details }: ErrorReport): AkinError {
  return new AkinError(code, message, { details });
}
