import { AkinError } from '../../base/errors.ts';

const MOST_LISTED = 5;

/** Lists some names, short enough to read. */
export function listOf(names: readonly string[]): string {
  const listed = names
    .slice(0, MOST_LISTED)
    .map((name) => name.slice(0, 60))
    .join(', ');
  return names.length > MOST_LISTED ? `${listed} and ${names.length - MOST_LISTED} more` : listed;
}

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').slice(0, 300);

const OUT_OF_MEMORY =
  /out of memory|\boom\b|allocat|invalid (typed )?array (buffer )?length|memory access out of bounds|cannot enlarge|webgl maximum|unable to create webgltexture|exceeds? (the )?(max|limit)|buffer size/i;

/**
 * Explains to the user what went wrong while TF.js built or ran a model.
 *
 * @param thrown by TF.js, by the browser, or already an `AkinError`
 */
export function explain(thrown: unknown): AkinError {
  if (thrown instanceof AkinError) return thrown;
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return new AkinError('aborted', 'Stopped.');
  }
  const message = (thrown instanceof Error ? thrown.message : String(thrown)).trim();
  const options = { cause: thrown };
  if (thrown instanceof RangeError || OUT_OF_MEMORY.test(message)) {
    return new AkinError(
      'out-of-memory',
      'The model needs more memory than the browser gives. Choose a smaller side for its pictures, or a smaller model.',
      { ...options, details: { reason: 'model' } },
    );
  }
  const kernel = /Kernel '(\w+)' not registered for backend '(\w+)'/.exec(message);
  if (kernel) {
    return new AkinError(
      'model-unknown-op',
      `The model needs the operation ${kernel[1]}, which TensorFlow.js doesn’t have on this backend (${kernel[2]}). Choose another backend in Settings, or another model.`,
      { ...options, details: { reason: 'backend', names: kernel[1]! } },
    );
  }
  const unknown = /Unknown (op|layer|activation|initializer)[: ]+'?(\w+)/.exec(message);
  if (unknown) {
    const plural = unknown[1] === 'op' ? 'operations' : `${unknown[1]}s`;
    return new AkinError(
      'model-unknown-op',
      `The model needs ${plural} that TensorFlow.js doesn’t have: ${unknown[2]}. Convert it without them, or choose another model.`,
      {
        ...options,
        details: { reason: unknown[1] === 'op' ? 'ops' : 'layers', names: unknown[2]! },
      },
    );
  }
  if (/no target variable|weights are not set|weight shape .* not compatible/i.test(message)) {
    return new AkinError(
      'model-wrong-weights',
      `The weights aren’t those of this model: ${firstLine(message)}`,
      { ...options, details: { reason: 'other-model', cause: firstLine(message) } },
    );
  }
  if (/batchInputShape/.test(message)) {
    return new AkinError(
      'model-wrong-input',
      'The model doesn’t say what it takes. Akin needs a model that takes one picture.',
      { ...options, details: { reason: 'unnamed' } },
    );
  }
  return new AkinError(
    'model-failed',
    `TensorFlow.js can’t run this model: ${firstLine(message)}`,
    { ...options, details: { cause: firstLine(message) } },
  );
}
