import type { LogEntry } from '../log/logEntry.ts';
import { narrowLog } from '../log/narrowLog.ts';
import { parsingLogOf } from '../log/parseLog.ts';
import { runThrough } from '../log/slices.ts';
import { ITEM_LOG, type ItemAssertion } from './itemAssertions.ts';

/**
 * Removes permanently deleted photos from a stored item log. Items stay, even without a photo: their
 * SKU, title and facts don't come from the photos.
 *
 * @param rows by id, ascending
 * @param hashes of the photos
 * @param maxEntryId the highest valid entry id: see `parseLog`
 */
export function forgetItemPhotos(
  rows: readonly unknown[],
  hashes: ReadonlySet<string>,
  maxEntryId: number,
): { readonly changed: readonly LogEntry<ItemAssertion>[]; readonly removed: readonly number[] } {
  const parsed = runThrough(parsingLogOf(ITEM_LOG, rows, maxEntryId));
  return narrowLog(parsed, hashes, (assertion) => withoutPhotos(assertion, hashes));
}

function withoutPhotos(
  assertion: ItemAssertion,
  hashes: ReadonlySet<string>,
): ItemAssertion | undefined {
  if (assertion.kind === 'cover') return hashes.has(assertion.photo) ? undefined : assertion;
  if (!('photos' in assertion)) return assertion;
  const photos = assertion.photos.filter((photo) => !hashes.has(photo));
  if (photos.length === assertion.photos.length) return assertion;
  return photos.length > 0 ? { ...assertion, photos } : undefined;
}
