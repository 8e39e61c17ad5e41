/** Wakes waiters after each change, to check their condition again. */
export class ChangeSignal {
  readonly #waiters = new Set<() => void>();

  notify(): void {
    for (const waiter of this.#waiters) waiter();
  }

  /**
   * Checks immediately and after each change until `look` returns true. A change during a check
   * isn't lost: it triggers another.
   *
   * @throws the signal's reason when it is aborted, and whatever `look` throws
   */
  async until(look: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    let changed = () => {};
    const onChange = () => changed();
    this.#waiters.add(onChange);
    signal.addEventListener('abort', onChange);
    try {
      for (;;) {
        const change = new Promise<void>((resolve) => {
          changed = resolve;
        });
        signal.throwIfAborted();
        if (await look()) return;
        await change;
      }
    } finally {
      this.#waiters.delete(onChange);
      signal.removeEventListener('abort', onChange);
    }
  }
}
