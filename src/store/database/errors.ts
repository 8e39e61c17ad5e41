import { AkinError } from '../../base/errors.ts';

const NO_SPACE =
  'There is no room left for more photos. Free some space on this device, then try again.';

const NO_STORAGE =
  'This window doesn’t let Akin store anything, as some private windows don’t. Open Akin in a normal window, or allow it to store site data, then reload.';

/** Chromium reports a full disk as an `UnknownError` or `AbortError` with such a message. */
const SAYS_FULL = /quota|full disk|disk (is )?full|no space|not enough space/i;

/**
 * Maps an IndexedDB error to an Akin code and message.
 *
 * - `quota-exceeded`: the disk or the origin's quota is full
 * - `too-new`: written by a newer version of Akin
 * - `storage-closed`: the connection is gone
 * - `storage-failed`: anything else
 *
 * An `AkinError` is returned unchanged.
 */
export function toStorageError(thrown: unknown): AkinError {
  if (thrown instanceof AkinError) return thrown;
  // Not `instanceof DOMException`: in newer browsers QuotaExceededError is a separate class.
  const { name, message } =
    thrown instanceof Error ? thrown : { name: '', message: String(thrown) };
  const because = { cause: thrown };
  if (name === 'QuotaExceededError' || SAYS_FULL.test(message)) {
    return new AkinError('quota-exceeded', NO_SPACE, because);
  }
  switch (name) {
    case 'VersionError':
      return new AkinError(
        'too-new',
        'A newer version of Akin has stored this library. Reload the page to get that version.',
        because,
      );
    case 'InvalidStateError':
      return new AkinError(
        'storage-closed',
        'The connection to the library was closed. Reload the page.',
        because,
      );
    case 'AbortError':
      return new AkinError(
        'storage-failed',
        'The browser broke off a change to the library; nothing of it was kept.',
        { ...because, details: { reason: 'undone' } },
      );
    case 'SecurityError':
    case 'ReferenceError':
      return new AkinError('storage-failed', NO_STORAGE, {
        ...because,
        details: { reason: 'none' },
      });
    default:
      return new AkinError('storage-failed', `The library could not be used: ${message}`, because);
  }
}

/**
 * As `toStorageError`, for errors while opening the library: if IndexedDB is missing or refuses to
 * open, the window can't store anything.
 */
export function toOpenError(thrown: unknown): AkinError {
  const { name } = thrown instanceof Error ? thrown : { name: '' };
  const none = name === 'InvalidStateError' || name === 'TypeError';
  if (none) {
    return new AkinError('storage-failed', NO_STORAGE, {
      cause: thrown,
      details: { reason: 'none' },
    });
  }
  return toStorageError(thrown);
}
