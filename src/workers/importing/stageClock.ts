import type { ImportTimings } from '../../protocol/index.ts';

/**
 * Accumulates an import's time per stage. Stages overlap, so their sum may exceed the wall time;
 * `nets` is the time inference was running, and wall time minus `nets` is overhead.
 */
export class StageClock {
  readonly #ms = new Map<string, number>();
  #photos = 0;
  #wallMs = 0;
  #since: number | null = null;

  add(stage: string, ms: number): void {
    this.#ms.set(stage, (this.#ms.get(stage) ?? 0) + ms);
  }

  async time<T>(stage: string, work: Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await work;
    } finally {
      this.add(stage, performance.now() - from);
    }
  }

  photo(): void {
    this.#photos++;
  }

  start(): void {
    this.#since ??= performance.now();
  }

  stop(): void {
    if (this.#since !== null) this.#wallMs += performance.now() - this.#since;
    this.#since = null;
  }

  read(): Omit<ImportTimings, 'workers'> {
    const running = this.#since === null ? 0 : performance.now() - this.#since;
    return {
      photos: this.#photos,
      wallMs: this.#wallMs + running,
      netMs: this.#ms.get('nets') ?? 0,
      msByStage: Object.fromEntries(this.#ms),
    };
  }
}
