import type {
  AkinEvent,
  AppliedItemCommand,
  Handlers,
  ItemImportReport,
  ItemSearch,
  ItemsContract,
  ItemView,
  PhotoId,
  ShownNames,
} from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { shownNames } from '../shared/shownNames.ts';
import { ListImports } from './csv/listImports.ts';
import { writeList } from './csv/writeList.ts';
import { describeItemLog } from './describeItemLog.ts';
import { ItemIdentifier, type ItemIndex } from './identifyItem.ts';
import { commandToAssertions } from './itemCommands.ts';
import { ItemLibrary, type ItemState, itemOf, itemView, photosOf } from './itemLibrary.ts';

export interface ItemHostOptions {
  readonly store: () => Promise<Store>;
  /** The index of the model in use. */
  readonly index: () => Promise<ItemIndex>;
  readonly tab: string;
  readonly broadcast: (event: AkinEvent) => void;
}

/** A tab's view of items: answers the page's calls. */
export class ItemHost {
  readonly #options: ItemHostOptions;
  readonly #library: ItemLibrary;
  readonly #imports: ListImports;
  readonly #identifier = new ItemIdentifier();

  constructor(options: ItemHostOptions) {
    this.#options = options;
    this.#library = new ItemLibrary(options.store, options.tab);
    this.#imports = new ListImports(this.#library, (call, progress) =>
      options.broadcast({ type: 'list-progress', call, progress }),
    );
  }

  readonly handlers: Handlers<ItemsContract> = {
    items: () => this.all(),
    item: async (_signal, key) => {
      const state = await this.#library.state();
      const item = itemOf(state, key);
      const { sku, title, link, facts } = item;
      const index = await this.#options.index();
      return {
        item: itemView(item, state.names),
        details: { sku, title, link, facts },
        photos: photosOf(item, state.names),
        similar: await this.#identifier.similar(item, state, index),
      };
    },
    itemsOf: (_signal, photos) => this.shownIn(photos),
    applyItemCommand: async (_signal, command) => {
      const { log } = this.#library;
      const newId = crypto.randomUUID();
      const state = await this.#library.state();
      let about: string | null = null;
      const entry = await log.append(() => {
        // Another tab may have been faster: the items of now, the photos of a moment ago.
        const now = { ...state, items: this.#library.items };
        const spoken = commandToAssertions(now, command, newId);
        about = spoken.about;
        return spoken.assertions;
      }, Date.now());
      return this.#changed({ entry, item: about });
    },
    undoItemEntry: async (_signal, entry) => {
      await this.#library.state();
      const done = await this.#library.log.toggleRevert(entry, Date.now());
      return this.#changed({ entry: done, item: null });
    },
    itemLog: async () => {
      const { names } = await this.#library.state();
      return describeItemLog(this.#library.log.entries, names);
    },
    identifyItem: async (_signal, query) =>
      this.#identifier.identify(query, await this.#library.state(), await this.#options.index()),
    importItems: async (_signal, call, file) => {
      const report = await this.#imports.run(call, file);
      return report.entry === null ? report : this.#changed(report);
    },
    cancelItemImport: async (_signal, call) => this.#imports.cancel(call),
    exportItems: async () => {
      const { items, names } = await this.#library.state();
      const nameOf = new Map(names.files.map(({ hash, name }) => [hash, name]));
      return writeList(
        [...items.all.values()].map((item) => ({
          ...item,
          files: item.photos.flatMap((hash) => nameOf.get(hash) ?? []),
        })),
      );
    },
  };

  /** All items, by title. */
  async all(): Promise<readonly ItemView[]> {
    if (await this.#library.isEmpty()) return [];
    const { items, names } = await this.#library.state();
    const views = [...items.all.values()].map((item) => itemView(item, names));
    return views.sort((a, b) => compare(a.title, b.title) || compare(a.sku, b.sku));
  }

  /** The item that each photo shows, of those that show one. */
  async shownIn(photos: readonly PhotoId[]): Promise<readonly (readonly [PhotoId, ItemView])[]> {
    const state = await this.#library.state();
    return photos.flatMap((id) => {
      const view = shownItem(id, state);
      return view ? [[id, view] as const] : [];
    });
  }

  /** Ids of the photos that show certain items, ascending; `none` alone means all others. */
  async photosOf({ any, none }: ItemSearch): Promise<readonly PhotoId[]> {
    const { items, names } = await this.#library.state();
    const idsOf = (keys: readonly string[]) => new Set(keys.map((key) => items.get(key)?.id));
    const [wanted, unwanted] = [any && idsOf(any), idsOf(none ?? [])];
    return names.files.flatMap(({ id, hash }) => {
      const item = items.ofPhoto.get(hash);
      if (item === undefined) return wanted ? [] : id;
      return (wanted?.has(item) ?? true) && !unwanted.has(item) ? id : [];
    });
  }

  /** The items and the photos of the gallery, as they are now. */
  state(): Promise<ItemState> {
    return this.#library.state();
  }

  /** Whether there are no items, which takes no look at the photos. */
  isEmpty(): Promise<boolean> {
    return this.#library.isEmpty();
  }

  /** The titles of the items that photos of the gallery show. */
  async shownNames(): Promise<ShownNames> {
    if (await this.#library.isEmpty()) return shownNames([]);
    const { items, names } = await this.#library.state();
    const all = [...items.all.values()];
    return shownNames(all.map((item) => ({ name: item.title, photos: photosOf(item, names) })));
  }

  /** Handles a library event from any worker of any tab. */
  hear(event: AkinEvent): void {
    this.#library.hear(event);
  }

  /** Notifies all tabs. */
  #changed<T extends AppliedItemCommand | ItemImportReport>(answer: T): T {
    this.#options.broadcast({ type: 'items', tab: this.#options.tab });
    return answer;
  }
}

function shownItem(id: PhotoId, { items, names }: ItemState): ItemView | null {
  const hash = names.hashOf.get(id);
  const key = hash === undefined ? undefined : items.ofPhoto.get(hash);
  const item = key === undefined ? undefined : items.get(key);
  return item ? itemView(item, names) : null;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compare(a: string, b: string): number {
  return collator.compare(a, b);
}
