import { AkinError } from '../../base/errors.ts';

/** Whether an import may proceed: open, paused by the user, or stopped by a failure. */
export class ImportGate {
  #held = false;
  #opened: (() => void)[] = [];
  #stop: AkinError | null = null;
  #round = new AbortController();

  get isPaused(): boolean {
    return this.#held;
  }

  /** The failure that stopped the import, if any. */
  get stopped(): AkinError | null {
    return this.#stop;
  }

  /** Aborted when the current round must end: cancelled or stopped. */
  get signal(): AbortSignal {
    return this.#round.signal;
  }

  pause(): void {
    this.#held = true;
  }

  /** Reopens the gate after a pause or a stop. */
  resume(): void {
    this.#held = false;
    if (this.#stop) this.#round = new AbortController();
    this.#stop = null;
    this.#release();
  }

  /** Ends the round and leaves the gate open for the next. */
  cancel(): void {
    this.#held = false;
    this.#stop = null;
    this.#round.abort(new AkinError('aborted', 'The import was cancelled.'));
    this.#round = new AbortController();
    this.#release();
  }

  /** Ends the round after a global failure. */
  stop(error: AkinError): void {
    this.#stop ??= error;
    this.#round.abort(error);
    this.#release();
  }

  /** Resolves when the gate is open or the round has ended. */
  async pass(signal: AbortSignal): Promise<void> {
    while (this.#held && !signal.aborted) {
      await new Promise<void>((resolve) => this.#opened.push(resolve));
    }
  }

  #release(): void {
    const waiting = this.#opened;
    this.#opened = [];
    for (const open of waiting) open();
  }
}
