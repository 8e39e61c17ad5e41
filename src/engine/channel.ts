import { type AkinEvent, CHANNEL, fromWire, toWire } from '../protocol/index.ts';

/**
 * The channel on which tabs and workers broadcast changes. One per page, for the page's lifetime.
 */
export class EventChannel {
  readonly #channel = new BroadcastChannel(CHANNEL);

  constructor(listener: (event: AkinEvent) => void) {
    this.#channel.addEventListener('message', (message: MessageEvent<unknown>) =>
      listener(fromWire(message.data)),
    );
  }

  send(event: AkinEvent): void {
    this.#channel.postMessage(toWire(event));
  }
}
