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
/** The index grows several times, so that what else the device does disturbs no size alone. */
const PASSES = 3;
const RUNS = 4;
/** Of the first searches: code is still being compiled. */
const WARM_UP_MS = 100;

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
  const sizes = sizesOf(ids.length, parts);
  const times = sizes.map((): number[] => []);
  for (let pass = 0; pass < PASSES; pass++) {
    const index = new FlatIndex(kernels, sample.of().space);
    const run = (least: number) => timeOf(() => index.search(query, { k, exclude: photo }), least);
    try {
      for (const [part, size] of sizes.entries()) {
        for (let at = index.ntotal; at < size; at++) {
          index.add(ids[at]!, vectors.subarray(at * d, (at + 1) * d));
        }
        if (pass === 0 && part === 0) run(WARM_UP_MS);
        for (let i = 0; i < RUNS; i++) {
          times[part]!.push(run(RUN_MS));
          await yieldToEventLoop();
          throwIfAborted(signal);
        }
        onShare((pass + (part + 1) / sizes.length) / PASSES);
      }
    } finally {
      index.dispose();
    }
  }
  return { points: sizes.map((photos, part) => ({ photos, ms: median(times[part]!) })) };

  /** Milliseconds of one of as many searches as take `least`. */
  function timeOf(search: () => void, least: number): number {
    const start = now();
    let searches = 0;
    let passed = 0;
    do {
      search();
      searches++;
      passed = now() - start;
    } while (passed < least);
    return passed / searches;
  }
}

/** Ascending, at even distances; fewer in a small sample. */
function sizesOf(photos: number, parts: number): readonly number[] {
  const all = Array.from({ length: parts }, (_, i) => Math.ceil(((i + 1) * photos) / parts));
  return [...new Set(all)];
}
