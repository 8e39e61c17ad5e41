import { type AkinError, toAkinError } from '../../base/errors.ts';

/**
 * Ends work when the device is lost, since a read from a lost device may never settle, and names
 * the loss as the cause of whatever fails because of it.
 */
export function endOnLoss(lost: Promise<AkinError>): <T>(work: Promise<T>) => Promise<T> {
  let loss: AkinError | undefined;
  const rejected = lost.then((error) => {
    loss = error;
    throw error;
  });
  // Nobody may be waiting when it happens; then it is `onLost` that tells.
  rejected.catch(() => {});
  return async (work) => {
    try {
      return await Promise.race([work, rejected]);
    } catch (error) {
      // An operation's own error may come a moment before the news of the loss.
      await new Promise((resolve) => setTimeout(resolve, 0));
      throw loss ?? toAkinError(error);
    }
  };
}
