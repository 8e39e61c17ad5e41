import type { FaceTimes } from './types.ts';

/** Measures how long each stage of one picture takes. */
export class StageClock {
  readonly ms: { -readonly [stage in keyof FaceTimes]: number } = {
    detectMs: 0,
    tilesMs: 0,
    checkMs: 0,
    alignMs: 0,
    embedMs: 0,
  };

  async time<T>(stage: keyof FaceTimes, work: () => Promise<T> | T): Promise<T> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.ms[stage] += performance.now() - from;
    }
  }
}
