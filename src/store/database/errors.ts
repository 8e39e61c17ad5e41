import { AkinError } from '../../base/errors.ts';

const NO_SPACE =
  'There is no room left for more photos. Free some space on this device, then try again.';

const NO_STORAGE =
  'This window doesn’t let Akin store anything, as some private windows don’t. Open Akin in a normal window, or allow it to store site data, then reload.';

/** Chromium tells of a full disk by an `UnknownError` or `AbortError` whose message says so. */
const SAYS_FULL = /quota|full disk|disk (is )?full|no space|not enough space/i;

/**
 * Says in Akin's codes, and in words for the person, what IndexedDB threw.
 *
 * - `quota-exceeded`: the disk or the origin's share of it is full
 * - `too-new`: a newer version of Akin wrote the database
 * - `storage-closed`: the connection is gone
 * - `storage-failed`: anything else
 *
 * What is an `AkinError` already comes back as it is.
 */
export function toStorageError(thrown: unknown): AkinError {
  if (thrown instanceof AkinError) return thrown;
  // Not `instanceof DOMException`: newer browsers make QuotaExceededError a class of its own.
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
 * As `toStorageError`, of what went wrong while the library was opened: where there is no IndexedDB at
 * all, or one that refuses to be opened, the window is one that keeps nothing.
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
