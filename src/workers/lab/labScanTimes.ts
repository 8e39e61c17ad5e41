import { FlatIndex, type Kernels } from '../../ann/index.ts';
import { checkInteger } from '../../base/checks.ts';
import type { LabScanTimes, LabScanTimesRequest } from '../../protocol/index.ts';
import { median } from '../shared/median.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import type { BuildOptions } from './labIndexes.ts';
import type { LabVectors } from './labVectors.ts';

const MOST_K = 1_000;
const MOST_PARTS = 20;
/** Clocks of browsers may be as coarse as 0.1 ms: time so many searches at once as take this. */
const RUN_MS = 4;
const RUNS = 7;
/** Of the first searches: code is still being compiled. */
const WARM_UP_MS = 40;

/**
 * Times searches of an exact index while it grows to the whole sample.
 *
 * @throws AkinError `not-found`, `invalid-argument`, `aborted`, `out-of-memory`
 */
export async function scanTimes(
  { photo, k = 10, parts = 8 }: LabScanTimesRequest,
  sample: LabVectors,
  kernels: Kernels,
  { signal, onShare, now }: BuildOptions,
): Promise<LabScanTimes> {
  checkInteger('k', k, 1, MOST_K);
  checkInteger('parts', parts, 2, MOST_PARTS);
  const { ids, vectors, d } = sample;
  const row = sample.rowOf(photo);
  const query = vectors.slice(row * d, (row + 1) * d);
  const index = new FlatIndex(kernels, sample.of().space);
  const points: { photos: number; ms: number }[] = [];
  /** Milliseconds per search of at least `least` milliseconds of searches. */
  const run = (least: number): number => {
    const start = now();
    let searches = 0;
    let passed = 0;
    do {
      index.search(query, { k, exclude: photo });
      searches++;
      passed = now() - start;
    } while (passed < least);
    return passed / searches;
  };
  try {
    for (let part = 1; part <= parts; part++) {
      const end = Math.round((part * ids.length) / parts);
      for (let at = index.ntotal; at < end; at++) {
        index.add(ids[at]!, vectors.subarray(at * d, (at + 1) * d));
      }
      if (part === 1) run(WARM_UP_MS);
      const times: number[] = [];
      for (let i = 0; i < RUNS; i++) {
        times.push(run(RUN_MS));
        onShare((part - 1 + (i + 1) / RUNS) / parts);
        await yieldToEventLoop();
        throwIfAborted(signal);
      }
      if (end > (points.at(-1)?.photos ?? 0)) points.push({ photos: end, ms: median(times) });
    }
    return { points };
  } finally {
    index.dispose();
  }
}
