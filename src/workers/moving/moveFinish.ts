import { COLORS_VERSION } from '../../base/colors/descriptor.ts';
import type { AkinEvent, IndexQuality } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { DATE_READER } from '../dates/dateOf.ts';
import type { IndexMaintainer } from '../indexing/indexMaintainer.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';

/** Minimum recall@10 for a new index to replace the old one. */
const LEAST_RECALL = 0.9;

/** Held by the tab that finishes a move. */
const FINISH_LOCK = 'akin-moving-finish';

/** Runs work in one tab; the others skip it. */
export async function finishAlone(work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(FINISH_LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}

export interface MoveFinishOptions {
  readonly store: Pick<Store, 'ledger' | 'spaces'>;
  readonly index: LibraryIndex;
  readonly maintainer: Pick<IndexMaintainer, 'maintain'>;
  /** Measures the index and stores the result. */
  readonly check: () => Promise<IndexQuality>;
  readonly broadcast: (event: AkinEvent) => void;
  /** Lets other work run between two slices. */
  readonly yieldToEventLoop: () => Promise<void>;
  /** Runs work in one tab; the others skip it. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Finishes a move, once every photo that can has a vector in the new space: seals the new index,
 * measures its recall, and drops the old spaces, slice by slice. If interrupted, the next visit
 * does the rest.
 */
export class MoveFinish {
  readonly #options: MoveFinishOptions;
  #ended = false;

  constructor(options: MoveFinishOptions) {
    this.#options = options;
  }

  /** The target space has changed: the running work broadcasts nothing more. */
  end(): void {
    this.#ended = true;
  }

  /** Does nothing if there is nothing to drop, or a photo has yet to move. */
  run(): Promise<void> {
    return this.#options.alone(async () => {
      const ended = await this.#run().catch(() => false);
      if (!ended) this.#broadcast({ type: 'move-work', work: { state: 'idle' } });
    });
  }

  /**
   * Returns false if the move can't be finished: all was deleted, or the old space has to stay for
   * now.
   */
  async #run(): Promise<boolean> {
    const { index, maintainer, store } = this.#options;
    const target = index.space.id;
    const former = (await store.spaces.photoSpaces()).filter((id) => id !== target);
    if (former.length === 0) return false;
    if (!(await this.#allMoved(target))) return true;
    await index.catchUp();
    await maintainer.maintain({ quiet: true });
    // Sealing failed, e.g. on a full disk, or photos are still being imported.
    if ((await index.unsealed()) > 0) return false;
    if (index.stats().live >= 2 && (await this.#options.check()).recall10 < LEAST_RECALL)
      return false;
    for (const spaceId of former) {
      if (this.#ended) return true;
      if (!(await this.#drop(spaceId, target))) {
        // A photo was added to the old space meanwhile; the moving tab handles it.
        this.#broadcast({ type: 'move-setting' });
        return true;
      }
      this.#options.broadcast({ type: 'space-dropped', spaceId });
    }
    await index.dropped();
    // Tombstones of permanently deleted photos had to stay for the segments that were just dropped.
    await index.purge();
    await maintainer.maintain({ quiet: true });
    return true;
  }

  #broadcast(event: AkinEvent): void {
    if (!this.#ended) this.#options.broadcast(event);
  }

  async #allMoved(space: string): Promise<boolean> {
    const wanted = { date: DATE_READER, space, colors: COLORS_VERSION };
    const missing = await this.#options.store.ledger.missing(wanted);
    return !missing.some(({ vector }) => vector);
  }

  async #drop(space: string, target: string): Promise<boolean> {
    const { yieldToEventLoop, store } = this.#options;
    for (;;) {
      const answer = await store.spaces.drop(space, target);
      if (answer !== 'more') return answer === 'dropped';
      await yieldToEventLoop();
    }
  }
}
