import type { AkinEvent, IndexQuality } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { DATE_READER } from '../dates/dateOf.ts';
import type { IndexMaintainer } from '../indexing/indexMaintainer.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';

/** A new index that finds less of the true ten nearest takes no other's place. */
const LEAST_RECALL = 0.9;

/** Held by the tab that ends a move. */
const FINISH_LOCK = 'akin-moving-finish';

/** Work that of several tabs one does; the others leave it. */
export async function finishAlone(work: () => Promise<void>): Promise<void> {
  await navigator.locks.request(FINISH_LOCK, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}

export interface MoveFinishOptions {
  readonly store: Pick<Store, 'ledger' | 'spaces'>;
  readonly index: LibraryIndex;
  readonly maintainer: Pick<IndexMaintainer, 'maintain'>;
  /** Measures the index and keeps what came of it. */
  readonly check: () => Promise<IndexQuality>;
  readonly broadcast: (event: AkinEvent) => void;
  /** Lets other work go on between two slices. */
  readonly yieldToEventLoop: () => Promise<void>;
  /** Work that of several tabs one does; the others leave it. */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Ends a move, once every photo that can has its vector in the new space: seals the new index, measures
 * its recall, and drops the spaces of before, slice by slice. Whatever cuts it short, the next visit
 * does what is left.
 */
export class MoveFinish {
  readonly #options: MoveFinishOptions;
  #ended = false;

  constructor(options: MoveFinishOptions) {
    this.#options = options;
  }

  /** Photos move to another space now: what is under way has nothing more to say. */
  end(): void {
    this.#ended = true;
  }

  /** Does nothing where there is nothing to drop, or a photo has yet to move. */
  run(): Promise<void> {
    return this.#options.alone(async () => {
      const ended = await this.#run().catch(() => false);
      if (!ended) this.#broadcast({ type: 'move-work', work: { state: 'idle' } });
    });
  }

  /** False where nothing comes of it: all was deleted, or the old space has to stay for now. */
  async #run(): Promise<boolean> {
    const { index, maintainer, store } = this.#options;
    const target = index.space.id;
    const former = (await store.spaces.photoSpaces()).filter((id) => id !== target);
    if (former.length === 0) return false;
    if (!(await this.#allMoved(target))) return true;
    await index.catchUp();
    await maintainer.maintain({ quiet: true });
    // Something hinders sealing, such as a full disk, or photos are still coming in.
    if ((await index.unsealed()) > 0) return false;
    if (index.stats().live >= 2 && (await this.#options.check()).recall10 < LEAST_RECALL)
      return false;
    for (const spaceId of former) {
      if (this.#ended) return true;
      if (!(await this.#drop(spaceId, target))) {
        // A photo came to the old space meanwhile, which whoever moves sees to.
        this.#broadcast({ type: 'move-setting' });
        return true;
      }
      this.#options.broadcast({ type: 'space-dropped', spaceId });
    }
    await index.dropped();
    // Tombstones of photos that are gone for good had to stay for the segments that are dropped.
    await index.purge();
    await maintainer.maintain({ quiet: true });
    return true;
  }

  #broadcast(event: AkinEvent): void {
    if (!this.#ended) this.#options.broadcast(event);
  }

  async #allMoved(space: string): Promise<boolean> {
    const missing = await this.#options.store.ledger.missing({ date: DATE_READER, space });
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
