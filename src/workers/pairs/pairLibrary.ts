import {
  groupPhotos,
  type Items,
  lastSaid,
  PAIR_LOG,
  type PairAssertion,
  type PhotoGroups,
} from '../../identity/index.ts';
import type { AkinEvent } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import type { ItemState } from '../items/itemLibrary.ts';
import type { PhotoNames } from '../items/photoFiles.ts';
import { FreshRead } from '../shared/freshRead.ts';
import { StoredLog } from '../shared/storedLog.ts';

/** Events after which the stored log must be read again. */
const CHANGES: ReadonlySet<AkinEvent['type']> = new Set(['purged', 'cleared', 'resync']);
/** Name of the setting in `meta`: false if marks are neither recorded nor learned from. */
const MARKS = 'teaching.marks';

/** What is known of pairs now, together with the items. */
export interface PairState {
  /** What counts of the log: see `lastSaid`. Without marks, if these don't. */
  readonly said: readonly PairAssertion[];
  readonly grouped: PhotoGroups;
  readonly items: Items;
  readonly names: PhotoNames;
  readonly learnsFromMarks: boolean;
}

/** A tab's view of pairs: read at the first use, and again after other tabs' changes. */
export class PairLibrary {
  readonly log: StoredLog<PairAssertion>;
  readonly #store: () => Promise<Store>;
  readonly #items: () => Promise<ItemState>;
  readonly #tab: string;
  readonly #fresh = new FreshRead(() => this.#read());
  #learnsFromMarks = true;
  /** What the last groups were made of. */
  #made: (Pick<PairState, 'said' | 'grouped' | 'items'> & { readonly key: unknown }) | null = null;

  /** @param items the items and the photos of the gallery, as they are now */
  constructor(store: () => Promise<Store>, items: () => Promise<ItemState>, tab: string) {
    this.#store = store;
    this.#items = items;
    this.#tab = tab;
    this.log = new StoredLog<PairAssertion>({
      format: PAIR_LOG,
      toStored: (entry) => entry,
      rows: {
        log: async () => (await store()).pairLog.read(),
        append: async (entries) => (await store()).pairLog.append(entries),
      },
      writing: (write) => write(),
      onChange: async () => {
        this.#made = null;
      },
    });
  }

  /** Handles a library event from any worker of any tab. */
  hear(event: AkinEvent): void {
    const isElsewhere = event.type === 'pairs' && event.tab !== this.#tab;
    if (isElsewhere || CHANGES.has(event.type)) this.#fresh.stale();
  }

  /** Whether anything was said about pairs, which takes no look at items or photos. */
  async isEmpty(): Promise<boolean> {
    await this.#fresh.current();
    return this.log.entries.length === 0;
  }

  async learnsFromMarks(): Promise<boolean> {
    await this.#fresh.current();
    return this.#learnsFromMarks;
  }

  async state(): Promise<PairState> {
    await this.#fresh.current();
    const { items, names } = await this.#items();
    const learnsFromMarks = this.#learnsFromMarks;
    const made = this.#made;
    if (made?.items === items && made.key === learnsFromMarks) {
      return { ...made, names, learnsFromMarks };
    }
    const all = lastSaid(this.log.entries);
    const said = learnsFromMarks ? all : all.filter(({ source }) => source === 'answer');
    const photos = [...items.all.values()].map((item) => item.photos);
    const grouped = groupPhotos(photos, excludedPairs(items), said);
    this.#made = { said, grouped, items, key: learnsFromMarks };
    return { said, grouped, items, names, learnsFromMarks };
  }

  async setMarks(on: boolean): Promise<void> {
    const { meta } = await this.#store();
    await meta.set(MARKS, on);
    this.#learnsFromMarks = on;
    this.#made = null;
  }

  async #read(): Promise<void> {
    const { meta } = await this.#store();
    await this.log.read();
    this.#learnsFromMarks = (await meta.get(MARKS)) !== false;
    this.#made = null;
  }
}

/** Pairs of a photo and one of an item that it doesn't show. */
function* excludedPairs(items: Items): Generator<readonly [string, string]> {
  for (const [photo, id] of items.exclusions()) {
    const [other] = items.get(id)?.photos ?? [];
    if (other !== undefined) yield [photo, other];
  }
}
