/** Wakes those who wait for something to have changed, to look again. */
export class ChangeSignal {
  readonly #waiters = new Set<() => void>();

  notify(): void {
    for (const waiter of this.#waiters) waiter();
  }

  /**
   * Looks at once and after each change until `look` is true. A change while it looks is not lost:
   * it looks once more.
   *
   * @throws the signal's reason when it is aborted, and what `look` throws
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
