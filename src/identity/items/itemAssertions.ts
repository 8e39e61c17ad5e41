import { LogFormat } from '../log/logFormat.ts';

/** An item's permanent id, chosen by the caller: 1 to 64 letters, digits, `-` and `_`. */
export type ItemId = string;

/** A further property of an item: its name and value, as text. */
export type Fact = readonly [name: string, value: string];

/** What is known of an item besides its photos. */
export interface ItemDetails {
  /** Identifies it in the user's own lists; may be empty. */
  readonly sku: string;
  readonly title: string;
  /** An http(s) address, or empty. Never fetched. */
  readonly link: string;
  /** In the order of the columns they came from; names are unique. */
  readonly facts: readonly Fact[];
}

/**
 * A single assertion about items. It refers to photos by the SHA-256 of their bytes, so it keeps
 * its meaning on another device and when a photo is imported again.
 */
export type ItemAssertion =
  /** Creates the item, or replaces its details. */
  | ({ readonly kind: 'describe'; readonly item: ItemId } & ItemDetails)
  /** These photos show the item; a photo shows one item at most. */
  | { readonly kind: 'show'; readonly item: ItemId; readonly photos: readonly string[] }
  /** These photos don't show the item. */
  | { readonly kind: 'exclude'; readonly item: ItemId; readonly photos: readonly string[] }
  | { readonly kind: 'cover'; readonly item: ItemId; readonly photo: string }
  /** Two items are one, with the id `into`. */
  | { readonly kind: 'merge'; readonly into: ItemId; readonly from: ItemId }
  /** The item is gone; its photos are free. */
  | { readonly kind: 'remove'; readonly item: ItemId };

/** Limits of an item's texts, in UTF-16 units, and of its facts. */
export const ITEM_LIMITS = {
  sku: 200,
  title: 500,
  link: 2_000,
  factName: 100,
  factValue: 2_000,
  facts: 100,
} as const;

const ITEM_ID = /^[A-Za-z0-9_-]{1,64}$/;
const PHOTO_HASH = /^[0-9a-f]{64}$/;
/** Half a surrogate pair: not valid text, and lost or changed by encoders. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const MAX_PHOTOS = 100_000;

/** The log of what the user asserts about items. */
export const ITEM_LOG = new LogFormat<ItemAssertion>({
  read: readItemAssertion,
  weightOf,
  // A list of 100,000 rows is one entry.
  maxAssertions: 300_000,
  upgrade: (entry) => entry,
  full: 'This is more than Akin can keep about items: at most 200,000 changes, which name at most 2,000,000 photos and facts in all.',
});

export function isItemId(value: unknown): value is ItemId {
  return typeof value === 'string' && ITEM_ID.test(value);
}

/** Whether text is an address a link may open: absolute, http or https. */
export function isLink(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > ITEM_LIMITS.link) return false;
  // Neither `URL` nor a browser's parser is needed for what must not get through: other schemes,
  // white space and control characters.
  return (
    /^https?:\/\/[^\s/?#\\@]+(?:[/?#][^\s]*)?$/i.test(value) && isText(value, ITEM_LIMITS.link)
  );
}

/** Copies the known fields of an assertion; `undefined` if the value is not one. */
export function readItemAssertion(value: unknown): ItemAssertion | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, item, photos, photo, into, from } = value as Record<string, unknown>;
  switch (kind) {
    case 'describe': {
      const details = readDetails(value);
      return isItemId(item) && details ? { kind, item, ...details } : undefined;
    }
    case 'show':
    case 'exclude':
      return isItemId(item) && arePhotos(photos) ? { kind, item, photos: [...photos] } : undefined;
    case 'cover':
      return isItemId(item) && isPhotoHash(photo) ? { kind, item, photo } : undefined;
    case 'merge':
      return isItemId(into) && isItemId(from) && into !== from ? { kind, into, from } : undefined;
    case 'remove':
      return isItemId(item) ? { kind, item } : undefined;
    default:
      return undefined;
  }
}

/** Copies the details of an item; `undefined` if any of them is not valid. */
export function readDetails(value: object): ItemDetails | undefined {
  const { sku, title, link, facts } = value as Record<string, unknown>;
  if (!isText(sku, ITEM_LIMITS.sku) || !isText(title, ITEM_LIMITS.title)) return undefined;
  if (link !== '' && !isLink(link)) return undefined;
  if (!Array.isArray(facts) || facts.length > ITEM_LIMITS.facts) return undefined;
  const names = new Set<string>();
  const kept: Fact[] = [];
  for (const fact of facts) {
    if (!Array.isArray(fact) || fact.length !== 2) return undefined;
    const [name, text] = fact as unknown[];
    if (!isText(name, ITEM_LIMITS.factName) || name === '' || names.has(name)) return undefined;
    if (!isText(text, ITEM_LIMITS.factValue)) return undefined;
    names.add(name);
    kept.push([name, text]);
  }
  return { sku, title, link: link as string, facts: kept };
}

export function isPhotoHash(value: unknown): value is string {
  return typeof value === 'string' && PHOTO_HASH.test(value);
}

function weightOf(assertion: ItemAssertion): number {
  if ('photos' in assertion) return 1 + assertion.photos.length;
  return assertion.kind === 'describe' ? 1 + assertion.facts.length : 2;
}

function arePhotos(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MAX_PHOTOS &&
    value.every(isPhotoHash)
  );
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && !LONE_SURROGATE.test(value);
}
