import { type AkinEvent, CHANNEL, fromWire, toWire } from '../protocol/index.ts';

/** The channel on which all tabs and workers tell of changes. One a page; it lives as long. */
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
