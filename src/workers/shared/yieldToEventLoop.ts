import { AkinError } from '../../base/errors.ts';

/** Lets messages through. A timer would cost four milliseconds each time. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new AkinError('aborted', 'Stopped.');
}
