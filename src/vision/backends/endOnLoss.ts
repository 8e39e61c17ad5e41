import { type AkinError, toAkinError } from '../../base/errors.ts';

/**
 * Rejects work when the device is lost, since a read from a lost device may never settle, and
 * reports the loss as the cause of whatever fails because of it.
 */
export function endOnLoss(lost: Promise<AkinError>): <T>(work: Promise<T>) => Promise<T> {
  let loss: AkinError | undefined;
  const rejected = lost.then((error) => {
    loss = error;
    throw error;
  });
  // Nobody may be awaiting it at that moment; `onLost` reports it then.
  rejected.catch(() => {});
  return async (work) => {
    try {
      return await Promise.race([work, rejected]);
    } catch (error) {
      // An operation's own error may arrive a moment before the loss is reported.
      await new Promise((resolve) => setTimeout(resolve, 0));
      throw loss ?? toAkinError(error);
    }
  };
}
