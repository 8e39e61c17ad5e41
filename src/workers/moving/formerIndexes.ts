import type { AkinEvent, PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import type { IndexMaintainer } from '../indexing/indexMaintainer.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import type { SearchedSpace } from '../models/model.ts';

/** The index of a space photos are moving from. */
export interface FormerIndex {
  readonly space: SearchedSpace;
  readonly index: LibraryIndex;
  readonly maintainer: Pick<IndexMaintainer, 'cleared'>;
}

export interface FormerIndexesOptions {
  readonly store: Pick<Store, 'spaces'>;
  /** Id of the target space. */
  readonly target: string;
  /** `null` for a space that can't be searched. */
  readonly open: (spaceId: string) => Promise<FormerIndex | null>;
}

/**
 * The indexes of the spaces a library is moving from: opened while their spaces hold vectors,
 * updated by any tab's events, and closed when the spaces are dropped.
 */
export class FormerIndexes {
  readonly #options: FormerIndexesOptions;
  #open: readonly FormerIndex[] = [];
  #looking: Promise<void> = Promise.resolve();

  constructor(options: FormerIndexesOptions) {
    this.#options = options;
  }

  get all(): readonly FormerIndex[] {
    return this.#open;
  }

  /** Opens what isn't open yet; sequentially, so no index is opened twice. */
  refresh(): Promise<void> {
    const look = this.#looking.then(() => this.#refresh());
    this.#looking = look.catch(() => {});
    return look;
  }

  async #refresh(): Promise<void> {
    const { store, target, open } = this.#options;
    for (const id of await store.spaces.photoSpaces()) {
      if (id === target || this.#open.some(({ space }) => space.id === id)) continue;
      const former = await open(id);
      if (former) this.#open = [...this.#open, former];
    }
  }

  /** Handles a library event from any tab. */
  async hear(event: AkinEvent): Promise<void> {
    if (event.type === 'imported' || event.type === 'resync') await this.refresh();
    if (event.type === 'space-dropped') return this.drop(event.spaceId);
    for (const { index, maintainer } of this.#open) {
      if (event.type === 'imported') await index.addFromStore(event.ids);
      else if (event.type === 'resync') await index.catchUp();
      else if (event.type === 'removed') index.hide(event.ids);
      else if (event.type === 'restored') await index.show(event.ids);
      else if (event.type === 'purged') await index.purge();
      else if (event.type === 'cleared') {
        maintainer.cleared();
        index.clear();
      }
    }
  }

  drop(spaceId: string): void {
    for (const { space, index, maintainer } of this.#open) {
      if (space.id !== spaceId) continue;
      maintainer.cleared();
      index.close();
    }
    this.#open = this.#open.filter(({ space }) => space.id !== spaceId);
  }

  /** Closes all of them because the target space has changed. */
  close(): void {
    for (const { space } of this.#open) this.drop(space.id);
  }

  /** Photos only a former index can find. */
  unmoved(target: Pick<LibraryIndex, 'has'>): Set<PhotoId> {
    const ids = new Set<PhotoId>();
    for (const { index } of this.#open) {
      for (const id of index.liveIds()) if (!target.has(id)) ids.add(id);
    }
    return ids;
  }
}
