import type { Meta } from '../../store/index.ts';

const PAUSED = 'moving.paused';

/** Whether the user has paused the move; persists across restarts. */
export class MoveSettings {
  readonly #meta: Pick<Meta, 'get' | 'set' | 'remove'>;

  constructor(meta: Pick<Meta, 'get' | 'set' | 'remove'>) {
    this.#meta = meta;
  }

  async isPaused(): Promise<boolean> {
    return (await this.#meta.get(PAUSED)) === true;
  }

  setPaused(paused: boolean): Promise<void> {
    return paused ? this.#meta.set(PAUSED, true) : this.#meta.remove(PAUSED);
  }
}
