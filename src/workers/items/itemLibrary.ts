import { AkinError } from '../../base/errors.ts';
import {
  buildingItems,
  ITEM_LOG,
  type Item,
  type ItemAssertion,
  type Items,
  NO_ITEMS,
  runInSlices,
} from '../../identity/index.ts';
import type { AkinEvent, ItemView, PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { FreshRead } from '../shared/freshRead.ts';
import { StoredLog } from '../shared/storedLog.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { PhotoFiles, type PhotoNames } from './photoFiles.ts';

/** Events after which the stored log must be read again. */
const CHANGES: ReadonlySet<AkinEvent['type']> = new Set(['purged', 'cleared', 'resync']);

/** The items as they are now, with the photos of the gallery. */
export interface ItemState {
  readonly items: Items;
  readonly names: PhotoNames;
}

/** A tab's view of the items: read at the first use, and again after other tabs' changes. */
export class ItemLibrary {
  readonly log: StoredLog<ItemAssertion>;
  readonly #files: PhotoFiles;
  readonly #tab: string;
  #items: Items = NO_ITEMS;
  readonly #fresh = new FreshRead(() => this.log.read());

  constructor(store: () => Promise<Store>, tab: string) {
    this.#tab = tab;
    this.#files = new PhotoFiles(async () => (await store()).photos);
    this.log = new StoredLog<ItemAssertion>({
      format: ITEM_LOG,
      toStored: (entry) => entry,
      rows: {
        log: async () => (await store()).itemLog.read(),
        append: async (entries) => (await store()).itemLog.append(entries),
      },
      writing: (write) => write(),
      onChange: async (log) => {
        this.#items = await runInSlices(buildingItems(log), yieldToEventLoop);
      },
    });
  }

  /** Handles a library event from any worker of any tab. */
  hear(event: AkinEvent): void {
    this.#files.hear(event);
    const isElsewhere = event.type === 'items' && event.tab !== this.#tab;
    if (isElsewhere || CHANGES.has(event.type)) this.#fresh.stale();
  }

  async state(): Promise<ItemState> {
    await this.#fresh.current();
    return { items: this.#items, names: await this.#files.get() };
  }

  /** Whether there are no items, which takes no look at the photos. */
  async isEmpty(): Promise<boolean> {
    await this.#fresh.current();
    return this.#items.all.size === 0;
  }

  /** The items of the last state read. */
  get items(): Items {
    return this.#items;
  }
}

/** @throws AkinError `not-found` if no item has this key (any more) */
export function itemOf({ items }: Pick<ItemState, 'items'>, key: string): Item {
  const item = items.get(key);
  if (item) return item;
  throw new AkinError('not-found', 'This item is not here any more.', {
    details: { reason: 'item' },
  });
}

/** Ids of an item's photos in the gallery, in the order they were added. */
export function photosOf(item: Item, { idOf }: PhotoNames): PhotoId[] {
  return item.photos.flatMap((hash) => idOf.get(hash) ?? []);
}

export function itemView(item: Item, names: PhotoNames): ItemView {
  const photos = photosOf(item, names);
  const cover = item.cover === undefined ? undefined : names.idOf.get(item.cover);
  const { id: key, sku, title } = item;
  return { key, sku, title, photos: photos.length, cover: cover ?? photos[0] ?? null };
}
