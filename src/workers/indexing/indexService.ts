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

/** Photos that a check searches for, and neighbours of each that count. */
const QUERIES = 100;
const K = 10;

export interface IndexServiceOptions {
  readonly index: LibraryIndex;
  readonly maintainer: IndexMaintainer;
  readonly settings: IndexSettings;
  readonly trainer: Trainer;
  /** The tab that this worker belongs to. */
  readonly tab: string;
  readonly broadcast: (event: AkinEvent) => void;
  /** Runs work that of several tabs one does at a time. */
  readonly withIndexLock: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Answers what is asked of the index itself: what it is, what it should be, how good it is. */
export class IndexService {
  readonly #options: IndexServiceOptions;
  /** What another tab does. */
  #elsewhere: IndexWork = { state: 'idle' };
  /** What this tab's own work was when that was told: whichever changed last is what counts. */
  #ownThen: IndexWork | null = null;
  #waiting = false;

  constructor(options: IndexServiceOptions) {
    this.#options = options;
  }

  /** What another tab tells of its work. */
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

  /** @throws AkinError `invalid-argument` where the library can't have it */
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
   * Compares the index as it is with exact search. The true neighbours are found by the trainer; the
   * searches run here, as those of a person do.
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
      // A search of a person comes between.
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

  /** When another tab is done, or gone, what it has saved is loaded here too. */
  async #awaitOther(): Promise<void> {
    const { withIndexLock, index, broadcast } = this.#options;
    this.#waiting = true;
    try {
      await withIndexLock(() => index.refresh());
    } catch {
      // What can't be loaded now is loaded before the next seal.
    } finally {
      this.#waiting = false;
    }
    if (this.#elsewhere.state !== 'building') return;
    this.#elsewhere = { state: 'idle' };
    broadcast({ type: 'index-work', work: this.#elsewhere });
  }
}
