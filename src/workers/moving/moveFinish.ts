import type { AkinEvent, IndexQuality } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import type { IndexKeeper } from '../indexKeeper.ts';
import type { LibraryIndex } from '../libraryIndex.ts';
import { DATE_READER } from './dateOf.ts';

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
  readonly keeper: Pick<IndexKeeper, 'tend'>;
  /** Measures the index and keeps what came of it. */
  readonly check: () => Promise<IndexQuality>;
  readonly tell: (event: AkinEvent) => void;
  /** Lets other work go on between two slices. */
  readonly breathe: () => Promise<void>;
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

  constructor(options: MoveFinishOptions) {
    this.#options = options;
  }

  /** Does nothing where there is nothing to drop, or a photo has yet to move. */
  run(): Promise<void> {
    return this.#options.alone(() => this.#run());
  }

  async #run(): Promise<void> {
    const { index, keeper, store, tell } = this.#options;
    const target = index.space.id;
    const former = (await store.spaces.photoSpaces()).filter((id) => id !== target);
    if (former.length === 0 || !(await this.#allMoved(target))) return;
    await index.catchUp();
    await keeper.tend({ quiet: true });
    // Something hinders sealing, such as a full disk, or photos are still coming in.
    if ((await index.unsealed()) > 0) return;
    if (index.stats().live >= 2) {
      const { recall10 } = await this.#options.check();
      if (recall10 < LEAST_RECALL) {
        tell({ type: 'move-work', work: { state: 'idle' } });
        return;
      }
    }
    for (const spaceId of former) {
      if (!(await this.#drop(spaceId, target))) {
        // A photo came to the old space meanwhile, which whoever moves sees to.
        tell({ type: 'move-setting' });
        return;
      }
      tell({ type: 'space-dropped', spaceId });
    }
    await index.dropped();
    // Tombstones of photos that are gone for good had to stay for the segments that are dropped.
    await index.purge();
    await keeper.tend({ quiet: true });
  }

  async #allMoved(space: string): Promise<boolean> {
    const missing = await this.#options.store.ledger.missing({ date: DATE_READER, space });
    return !missing.some(({ vector }) => vector);
  }

  async #drop(space: string, target: string): Promise<boolean> {
    const { breathe, store } = this.#options;
    for (;;) {
      const answer = await store.spaces.drop(space, target);
      if (answer !== 'more') return answer === 'dropped';
      await breathe();
    }
  }
}
