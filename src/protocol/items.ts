import type { PhotoId, PictureVector } from './photo.ts';

/** What is known of an item besides its photos. Text, never markup. */
export interface ItemDetails {
  /** Identifies it in the user's own lists; may be empty. */
  readonly sku: string;
  readonly title: string;
  /** An http(s) address, or empty. Never fetched. */
  readonly link: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

/** A product, or anything else that photos show again and again. */
export interface ItemView {
  readonly key: string;
  readonly sku: string;
  readonly title: string;
  /** Number of its photos in the gallery. */
  readonly photos: number;
  /** Photo to show as the cover; `null` if there is none. */
  readonly cover: PhotoId | null;
}

export interface RankedItemView {
  readonly item: ItemView;
  /** Probability of being that very item, in [0, 1]. */
  readonly probability: number;
  /** The item's photos that support this, nearest first. */
  readonly evidence: readonly PhotoId[];
}

export interface ItemPage {
  readonly item: ItemView;
  readonly details: ItemDetails;
  /** In the order they were added. */
  readonly photos: readonly PhotoId[];
  /** Items that look like it, most similar first. */
  readonly similar: readonly ItemView[];
}

/** Which item a picture shows. */
export interface ItemIdentification {
  /** `none`: most likely no item of the library. */
  readonly verdict: 'item' | 'none';
  /** Most likely first. */
  readonly ranked: readonly RankedItemView[];
  /** The item that the user said the photo shows. */
  readonly said: ItemView | null;
}

/** A photo of the library, or a picture that isn't in it. */
export type ItemQuery = { readonly photoId: PhotoId } | { readonly picture: PictureVector };

/** A command that appends an entry to the log of items. */
export type ItemCommand =
  | (ItemDetails & { readonly kind: 'create'; readonly photos: readonly PhotoId[] })
  | (ItemDetails & { readonly kind: 'edit'; readonly item: string })
  /** The photos show the item. */
  | { readonly kind: 'add'; readonly item: string; readonly photos: readonly PhotoId[] }
  /** They don't. */
  | { readonly kind: 'reject'; readonly item: string; readonly photos: readonly PhotoId[] }
  | { readonly kind: 'cover'; readonly item: string; readonly photo: PhotoId }
  | { readonly kind: 'merge'; readonly into: string; readonly from: string }
  /** The photos show another item: a new one of this title. */
  | {
      readonly kind: 'split';
      readonly item: string;
      readonly photos: readonly PhotoId[];
      readonly title: string;
    }
  /** Its photos stay. */
  | { readonly kind: 'remove'; readonly item: string };

export interface AppliedItemCommand {
  /** Id of the log entry, for `undo`. */
  readonly entry: number;
  /** Key of the affected item; `null` if there is none. */
  readonly item: string | null;
}

/** A log entry for display. `title` is the item's current title, or the one it had. */
export interface ItemEntryView {
  readonly entry: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: 'create' | 'edit' | 'add' | 'reject' | 'cover' | 'merge' | 'remove' | 'import';
  readonly title: string;
  /** Number of items and of photos it names. */
  readonly items: number;
  readonly photos: number;
  readonly reverted: boolean;
  /** Some of its photos that are in the gallery. */
  readonly pictures: readonly PhotoId[];
}

/** How far the import of a list is. */
export type ListProgress =
  | { readonly step: 'reading' | 'saving' }
  /** Rows. */
  | { readonly step: 'matching'; readonly done: number; readonly total: number };

/**
 * Why a row of a list was not imported as it is. `no-match`, `several-matches` and `listed-twice`
 * are about the photo that the row names, `bad-link` about its link: the rest of the row was
 * imported. The others left out the row.
 */
export type RowProblem =
  | 'no-match'
  | 'several-matches'
  | 'listed-twice'
  | 'bad-link'
  | 'no-sku'
  | 'too-long'
  | 'wrong-columns'
  /** Nothing after it could be read. */
  | 'open-quote'
  | 'too-many-rows';

export interface ItemImportReport {
  /** Rows read, without the header. */
  readonly rows: number;
  readonly created: number;
  readonly updated: number;
  /** Photos that now show an item and didn't before. */
  readonly photos: number;
  /** The first thousand, by row. Rows are counted from 1, empty ones included. */
  readonly problems: readonly {
    readonly row: number;
    readonly problem: RowProblem;
    /** The file or SKU that it is about. */
    readonly text: string;
  }[];
  readonly problemCount: number;
  /** Id of the log entry, for `undo`; `null` if nothing changed. */
  readonly entry: number | null;
}

export interface ItemSearch {
  readonly any?: readonly string[];
  readonly none?: readonly string[];
}

/** Items, served by the `library` worker. */
export interface ItemsContract {
  /** By title. */
  items(): readonly ItemView[];
  item(key: string): ItemPage;
  /** The item that each photo shows, of those that show one. */
  itemsOf(photos: readonly PhotoId[]): readonly (readonly [PhotoId, ItemView])[];
  applyItemCommand(command: ItemCommand): AppliedItemCommand;
  undoItemEntry(entry: number): AppliedItemCommand;
  /** Newest first. */
  itemLog(): readonly ItemEntryView[];
  identifyItem(query: ItemQuery): ItemIdentification;
  /**
   * Imports a list as one entry of the log, and tells how far it is (`list-progress` events).
   *
   * @param call identifies the import, for `cancelItemImport`
   */
  importItems(call: string, file: Blob): ItemImportReport;
  /** Cancels the import, unless it is being saved already. */
  cancelItemImport(call: string): void;
  exportItems(): string;
}
