import { errorText } from '../../text/errorText.ts';
import { akinError } from '../hooks/use-load.ts';
import type { ShowToast } from './toast.ts';

/** How long a toast stays that offers to undo something, or says what failed. */
export const UNDO_MS = 10_000;

/**
 * Runs an action, and shows an error if it fails, unless it was cancelled.
 *
 * @param failing what failed, for the toast
 * @param isReported whether the page shows the error elsewhere
 * @returns `null` if it failed or was cancelled
 */
export async function attempt<T>(
  showToast: ShowToast,
  failing: string,
  what: () => Promise<T>,
  isReported: () => boolean = () => false,
): Promise<T | null> {
  try {
    return await what();
  } catch (thrown) {
    const error = akinError(thrown);
    if (error.code !== 'aborted' && !isReported()) {
      showToast({ text: failing, detail: errorText(error), timeout: UNDO_MS, urgent: true });
    }
    return null;
  }
}
