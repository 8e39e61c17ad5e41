import type { PairAssertion } from '../../identity/index.ts';
import type { PairEntryView, PhotoId } from '../../protocol/index.ts';
import { effectiveIds } from '../shared/logEntries.ts';
import type { StoredLog } from '../shared/storedLog.ts';
import type { PairState } from './pairLibrary.ts';

/**
 * The log for display, newest first, without the reverts themselves, and without entries of which no
 * two photos are in the gallery.
 */
export function describePairLog(
  log: StoredLog<PairAssertion>['entries'],
  { names: { idOf }, grouped }: Pick<PairState, 'names' | 'grouped'>,
): PairEntryView[] {
  const effective = effectiveIds(log);
  const contradicted = new Set(grouped.contradicted);
  const views: PairEntryView[] = [];
  for (const entry of log) {
    if ('reverts' in entry) continue;
    const { assertions } = entry;
    const [first] = assertions;
    if (!first) continue;
    const photos = new Set<PhotoId>();
    for (const { kind, a, b } of assertions) {
      if (kind !== first.kind) continue;
      for (const hash of [a, b]) {
        const id = idOf.get(hash);
        if (id !== undefined) photos.add(id);
      }
    }
    if (photos.size < 2) continue;
    views.push({
      entry: entry.id,
      at: entry.at,
      source: first.source,
      alike: first.kind === 'alike',
      photos: [...photos],
      reverted: !effective.has(entry.id),
      contradicted: assertions.some((each) => contradicted.has(each)),
    });
  }
  return views.reverse();
}
