import type {
  AppliedItemCommand,
  ItemCommand,
  ItemDetails,
  ItemEntryView,
  ItemIdentification,
  ItemImportReport,
  ItemPage,
  ItemView,
  ListProgress,
  PhotoId,
} from '../../protocol/index.ts';
import type { Observable } from '../observable.ts';

export interface ListOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (progress: ListProgress) => void;
}

/**
 * Products and anything else that photos show again and again. Photos are referred to by their
 * contents, so that items survive a deleted and imported photo. Methods reject with an `AkinError`.
 */
export interface ItemsApi {
  /** Incremented whenever items change, in any tab: query again. */
  readonly version: Observable<number>;

  /** All items, by title. */
  list(): Promise<readonly ItemView[]>;
  /** @throws AkinError `not-found` if no item has this key (any more) */
  get(key: string): Promise<ItemPage>;
  /** The items that some photos show, by photo. */
  of(photos: readonly PhotoId[]): Promise<ReadonlyMap<PhotoId, ItemView>>;
  /** Makes an item of photos. @throws AkinError `invalid-argument` for details that aren't valid */
  create(photos: readonly PhotoId[], details: Partial<ItemDetails>): Promise<AppliedItemCommand>;
  /** Replaces what is known of an item, photos aside. */
  edit(key: string, details: ItemDetails): Promise<AppliedItemCommand>;
  rename(key: string, title: string): Promise<AppliedItemCommand>;
  /** The photos show the item, and no other. */
  add(key: string, photos: readonly PhotoId[]): Promise<AppliedItemCommand>;
  /** *Not this item*: takes photos out, and never proposes the item for them again. */
  reject(key: string, photos: readonly PhotoId[]): Promise<AppliedItemCommand>;
  merge(into: string, from: string): Promise<AppliedItemCommand>;
  /** Makes a new item of some of an item's photos. */
  split(key: string, photos: readonly PhotoId[], title: string): Promise<AppliedItemCommand>;
  setCover(key: string, photo: PhotoId): Promise<AppliedItemCommand>;
  /** Deletes an item. Its photos stay. */
  remove(key: string): Promise<AppliedItemCommand>;
  apply(command: ItemCommand): Promise<AppliedItemCommand>;
  /** Reverts a log entry; if it is already reverted, reverts the revert. */
  undo(entry: number): Promise<AppliedItemCommand>;
  /** Newest first. */
  history(): Promise<readonly ItemEntryView[]>;
  /**
   * *What is this?* Ranks the items by the probability that a photo, or a picture that isn't in the
   * library and is not stored, shows that very item.
   */
  identify(
    what: PhotoId | Blob,
    options?: { readonly signal?: AbortSignal },
  ): Promise<ItemIdentification>;
  /**
   * Imports a CSV file with the columns `file`, `sku`, `title` and optionally `link`; further
   * columns become facts. Updates items by SKU, as one entry.
   *
   * A signal cancels it as long as nothing is saved; later, it resolves as if not aborted.
   *
   * @throws AkinError `invalid-argument` without these columns, `file-too-large`, `aborted`
   */
  importList(file: Blob, options?: ListOptions): Promise<ItemImportReport>;
  /** All items as CSV, a row for each photo. Cells that look like formulas are escaped. */
  exportList(): Promise<string>;
}
