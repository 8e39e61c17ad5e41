import type { Log } from '../log/logEntry.ts';
import { effectiveEntries } from '../log/logFormat.ts';
import { runThrough, SLICE, type Sliced } from '../log/slices.ts';
import { ITEM_LOG, type ItemAssertion, type ItemDetails, type ItemId } from './itemAssertions.ts';

/** A product, or anything else that photos show again and again. */
export interface Item extends ItemDetails {
  readonly id: ItemId;
  /** Hashes of the photos that show it, in the order they were added. */
  readonly photos: readonly string[];
  /** The chosen cover, else the first photo; absent without photos. */
  readonly cover: string | undefined;
  /** SKUs of the items merged into it. */
  readonly mergedSkus: readonly string[];
}

/** The items of a library. A photo shows one of them at most. */
export class Items {
  /** By id, in the order they were created. */
  readonly all: ReadonlyMap<ItemId, Item>;
  /** The item that each photo, by hash, shows. */
  readonly ofPhoto: ReadonlyMap<string, ItemId>;
  readonly #excluded: ReadonlyMap<string, ReadonlySet<ItemId>>;
  readonly #currentId: (id: ItemId) => ItemId;
  #bySku: ReadonlyMap<string, Item> | null = null;

  constructor(
    all: ReadonlyMap<ItemId, Item>,
    ofPhoto: ReadonlyMap<string, ItemId>,
    excluded: ReadonlyMap<string, ReadonlySet<ItemId>>,
    currentId: (id: ItemId) => ItemId,
  ) {
    this.all = all;
    this.ofPhoto = ofPhoto;
    this.#excluded = excluded;
    this.#currentId = currentId;
  }

  /** The item with this id, also under the id of one that was merged into it. */
  get(id: ItemId): Item | undefined {
    return this.all.get(this.#currentId(id));
  }

  /** The items that the user said a photo doesn't show. */
  excludedFrom(photo: string): ReadonlySet<ItemId> {
    const ids = this.#excluded.get(photo);
    return new Set(ids && [...ids].map(this.#currentId));
  }

  /** Photos with each item that the user said they don't show. */
  *exclusions(): Generator<readonly [photo: string, item: ItemId]> {
    for (const [photo, ids] of this.#excluded) for (const id of ids) yield [photo, id];
  }

  /** The item with this SKU, or into which one with it was merged. */
  bySku(sku: string): Item | undefined {
    if (!this.#bySku) {
      const bySku = new Map<string, Item>();
      const all = [...this.all.values()];
      // An item's own SKU wins over that of a merged one.
      for (const item of all)
        for (const merged of item.mergedSkus) if (!bySku.has(merged)) bySku.set(merged, item);
      for (const item of all.toReversed()) if (item.sku !== '') bySku.set(item.sku, item);
      this.#bySku = bySku;
    }
    return this.#bySku.get(sku);
  }
}

export const NO_ITEMS = new Items(new Map(), new Map(), new Map(), (id) => id);

/**
 * The items of a log. Assertions apply in order, the effective ones only: later ones win. One about
 * an item that doesn't exist (any more) has no effect.
 */
export function buildItems(log: Log<ItemAssertion>): Items {
  return runThrough(buildingItems(log));
}

/** As `buildItems`, in slices. */
export function* buildingItems(log: Log<ItemAssertion>): Sliced<Items> {
  const builder = new ItemsBuilder();
  let done = 0;
  for (const entry of effectiveEntries(log)) {
    for (const assertion of entry.assertions) builder.add(assertion);
    done += ITEM_LOG.entryWeight(entry);
    if (done < SLICE) continue;
    done = 0;
    yield;
  }
  return builder.build();
}

/** Where removed items are merged into: no item has this id. */
const NOWHERE = '';

class ItemsBuilder {
  readonly #details = new Map<ItemId, ItemDetails>();
  readonly #covers = new Map<ItemId, string>();
  /** As asserted: the item may have been merged or removed since. In the order of the assertions. */
  readonly #ofPhoto = new Map<string, ItemId>();
  readonly #excluded = new Map<string, Set<ItemId>>();
  readonly #mergedInto = new Map<ItemId, ItemId>();
  /** SKUs of merged items, with the item they were merged into at first. */
  readonly #mergedSkus: (readonly [sku: string, into: ItemId])[] = [];

  add(assertion: ItemAssertion): void {
    if (assertion.kind === 'merge') {
      this.#merge(assertion.into, assertion.from);
      return;
    }
    const item = this.#currentId(assertion.item);
    if (item === NOWHERE) return;
    if (assertion.kind === 'describe') {
      const { sku, title, link, facts } = assertion;
      this.#details.set(item, { sku, title, link, facts });
      return;
    }
    if (!this.#details.has(item)) return;
    if (assertion.kind === 'show') for (const photo of assertion.photos) this.#show(item, photo);
    else if (assertion.kind === 'exclude')
      for (const photo of assertion.photos) this.#exclude(item, photo);
    else if (assertion.kind === 'cover') this.#covers.set(item, assertion.photo);
    else {
      this.#details.delete(item);
      this.#mergedInto.set(item, NOWHERE);
    }
  }

  build(): Items {
    const photos = new Map<ItemId, string[]>(Array.from(this.#details.keys(), (id) => [id, []]));
    const skus = new Map<ItemId, string[]>(Array.from(this.#details.keys(), (id) => [id, []]));
    const ofPhoto = new Map<string, ItemId>();
    for (const [photo, asserted] of this.#ofPhoto) {
      const item = this.#currentId(asserted);
      if (item === NOWHERE) continue;
      photos.get(item)?.push(photo);
      ofPhoto.set(photo, item);
    }
    for (const [sku, into] of this.#mergedSkus) skus.get(this.#currentId(into))?.push(sku);
    const all = new Map<ItemId, Item>();
    for (const [id, details] of this.#details) {
      const own = photos.get(id) ?? [];
      const chosen = this.#covers.get(id);
      const cover = chosen !== undefined && ofPhoto.get(chosen) === id ? chosen : own.at(0);
      all.set(id, { id, ...details, photos: own, cover, mergedSkus: skus.get(id) ?? [] });
    }
    return new Items(all, ofPhoto, this.#excluded, (id) => this.#currentId(id));
  }

  #show(item: ItemId, photo: string): void {
    this.#excluded.get(photo)?.delete(item);
    const before = this.#ofPhoto.get(photo);
    if (before !== undefined && this.#currentId(before) === item) return;
    // A new key goes to the end.
    this.#ofPhoto.delete(photo);
    this.#ofPhoto.set(photo, item);
  }

  #exclude(item: ItemId, photo: string): void {
    const before = this.#ofPhoto.get(photo);
    if (before !== undefined && this.#currentId(before) === item) this.#ofPhoto.delete(photo);
    const excluded = this.#excluded.get(photo);
    if (excluded) excluded.add(item);
    else this.#excluded.set(photo, new Set([item]));
  }

  #merge(into: ItemId, from: ItemId): void {
    const [kept, gone] = [this.#currentId(into), this.#currentId(from)];
    const details = this.#details.get(gone);
    if (kept === gone || !details || !this.#details.has(kept)) return;
    if (details.sku !== '') this.#mergedSkus.push([details.sku, kept]);
    this.#details.delete(gone);
    this.#mergedInto.set(gone, kept);
  }

  /** The root of an id, with path compression: a hostile log may merge in a long chain. */
  #currentId(id: ItemId): ItemId {
    let root = id;
    for (let next = this.#mergedInto.get(root); next !== undefined; ) {
      root = next;
      next = this.#mergedInto.get(root);
    }
    for (let at = id; at !== root; ) {
      const next = this.#mergedInto.get(at)!;
      this.#mergedInto.set(at, root);
      at = next;
    }
    return root;
  }
}
