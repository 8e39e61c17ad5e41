import { automaticSpec, defaultSpecs, recall } from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import type {
  AkinEvent,
  IndexChoice,
  IndexQuality,
  IndexReport,
  IndexWork,
  MeasureRow,
  SegmentReport,
} from '../../protocol/index.ts';
import { median } from '../shared/median.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import type { Trainer } from '../training/trainer.ts';
import type { IndexMaintainer } from './indexMaintainer.ts';
import type { IndexSettings } from './indexSettings.ts';
import type { LibraryIndex } from './libraryIndex.ts';

/** Query photos of a check, and neighbors per query. */
const QUERIES = 100;
const K = 10;

export interface IndexServiceOptions {
  readonly index: LibraryIndex;
  readonly maintainer: IndexMaintainer;
  readonly settings: IndexSettings;
  readonly trainer: Trainer;
  /** This worker's tab. */
  readonly tab: string;
  readonly broadcast: (event: AkinEvent) => void;
  /** Runs work in one tab at a time. */
  readonly withIndexLock: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Answers queries about the index itself: its composition, its configuration, its quality. */
export class IndexService {
  readonly #options: IndexServiceOptions;
  /** Another tab's work. */
  #elsewhere: IndexWork = { state: 'idle' };
  /** This tab's own work when `#elsewhere` was received: the most recent change counts. */
  #ownThen: IndexWork | null = null;
  #waiting = false;

  constructor(options: IndexServiceOptions) {
    this.#options = options;
  }

  /** Handles another tab's report of its work. */
  hear(event: AkinEvent): void {
    if (event.type !== 'index-work') return;
    this.#elsewhere = event.work;
    this.#ownThen = this.#options.maintainer.work;
    if (event.work.state === 'building' && !this.#waiting) void this.#awaitOther();
  }

  async report(): Promise<IndexReport> {
    const { index, settings } = this.#options;
    const { d } = index.space;
    const n = index.stats().live;
    const [choice, quality] = await Promise.all([
      settings.choice(),
      settings.quality(index.generation),
    ]);
    return {
      choice,
      automatic: automaticSpec(n, d),
      defaults: defaultSpecs(n, d),
      segments: index.segments().map(
        ({ key, spec, live, bytes, rerankBytes, sourceBytes }): SegmentReport => ({
          kind: spec.kind,
          delta: key === 0,
          spec,
          vectors: live,
          bytes: bytes - rerankBytes,
          rerankBytes,
          exactBytes: sourceBytes,
        }),
      ),
      work: this.#work(),
      quality,
    };
  }

  /** @throws AkinError `invalid-argument` if the library can't have it */
  async choose(choice: IndexChoice): Promise<void> {
    const { index, maintainer, settings } = this.#options;
    await settings.choose(choice, index.stats().live);
    maintainer.chosen();
  }

  rebuild(): void {
    this.#options.maintainer.rebuild();
  }

  cancel(): void {
    this.#options.broadcast({ type: 'index-cancel' });
    this.#options.maintainer.cancel();
  }

  /**
   * Compares the current index with exact search. The trainer finds the true neighbors; the
   * searches run here, like a user's.
   *
   * @throws AkinError `not-found` for a library of fewer than two photos, `aborted`
   */
  async check(signal: AbortSignal): Promise<IndexQuality> {
    const { index, settings, trainer } = this.#options;
    const { generation, space } = index;
    const ids = index.liveIds();
    if (ids.length < 2)
      throw new AkinError('not-found', 'There is nothing to compare yet.', {
        details: { reason: 'few-photos' },
      });
    const job = { space, ids: ids.slice(), queries: QUERIES, k: K };
    const { queryIds, queries, neighbours } = await trainer.truth(job, signal);
    const times: number[] = [];
    let found = 0;
    for (const [i, id] of queryIds.entries()) {
      const query = queries.slice(i * space.d, (i + 1) * space.d);
      const from = performance.now();
      const { hits } = index.nearest(query, K, id);
      times.push(performance.now() - from);
      const truth = neighbours.subarray(i * K, (i + 1) * K).filter((each) => each !== 0);
      found += recall(
        truth,
        hits.map((hit) => hit.id),
      );
      // Let a user's search run in between.
      await yieldToEventLoop();
      throwIfAborted(signal);
    }
    const quality: IndexQuality = {
      recall10: found / queryIds.length,
      msMedian: median(times),
      queries: queryIds.length,
      vectors: ids.length,
      measuredAt: Date.now(),
    };
    if (index.generation === generation) await settings.setQuality(quality, generation);
    return quality;
  }

  /** @throws AkinError `not-found` for a library of fewer than two photos, `aborted` */
  async measure(signal: AbortSignal): Promise<readonly MeasureRow[]> {
    const { index, tab, broadcast, trainer } = this.#options;
    const job = { space: index.space, ids: index.liveIds() };
    return trainer.measure(job, {
      signal,
      onProgress: (progress, row) => broadcast({ type: 'measure', tab, progress, row }),
    });
  }

  #work(): IndexWork {
    const own = this.#options.maintainer.work;
    if (own.state === 'building' || this.#elsewhere.state === 'idle') return own;
    const stale = this.#elsewhere.state === 'failed' && own !== this.#ownThen;
    return stale ? own : this.#elsewhere;
  }

  /** Loads what another tab saved, once it is done or gone. */
  async #awaitOther(): Promise<void> {
    const { withIndexLock, index, broadcast } = this.#options;
    this.#waiting = true;
    try {
      await withIndexLock(() => index.refresh());
    } catch {
      // If it can't be loaded now, it will be before the next seal.
    } finally {
      this.#waiting = false;
    }
    if (this.#elsewhere.state !== 'building') return;
    this.#elsewhere = { state: 'idle' };
    broadcast({ type: 'index-work', work: this.#elsewhere });
  }
}
