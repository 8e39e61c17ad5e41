import type { LogEntry } from '../log/logEntry.ts';
import { narrowLog } from '../log/narrowLog.ts';
import { parsingLogOf } from '../log/parseLog.ts';
import { runThrough } from '../log/slices.ts';
import { PAIR_LOG, type PairAssertion } from './pairAssertions.ts';

/**
 * Removes permanently deleted photos from a stored log of pairs, with the pairs they are in.
 *
 * @param rows by id, ascending
 * @param hashes of the photos
 * @param maxEntryId the highest valid entry id: see `parseLog`
 */
export function forgetPairPhotos(
  rows: readonly unknown[],
  hashes: ReadonlySet<string>,
  maxEntryId: number,
): { readonly changed: readonly LogEntry<PairAssertion>[]; readonly removed: readonly number[] } {
  const parsed = runThrough(parsingLogOf(PAIR_LOG, rows, maxEntryId));
  return narrowLog(parsed, hashes, (pair) =>
    hashes.has(pair.a) || hashes.has(pair.b) ? undefined : pair,
  );
}
