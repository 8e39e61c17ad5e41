import type { ItemAssertion, ItemId, Log } from '../../identity/index.ts';
import type { ItemEntryView, PhotoId } from '../../protocol/index.ts';
import { effectiveIds } from '../shared/logEntries.ts';
import type { PhotoNames } from './photoFiles.ts';

const MOST_PICTURES = 3;

const KINDS = {
  describe: 'edit',
  show: 'add',
  exclude: 'reject',
  cover: 'cover',
  merge: 'merge',
  remove: 'remove',
} as const satisfies Record<ItemAssertion['kind'], ItemEntryView['kind']>;

/** The log for display, newest first, without the reverts themselves. */
export function describeItemLog(
  log: Log<ItemAssertion>,
  { idOf }: Pick<PhotoNames, 'idOf'>,
): ItemEntryView[] {
  const effective = effectiveIds(log);
  /** Titles as of the entry. */
  const titles = new Map<ItemId, string>();
  const views: ItemEntryView[] = [];
  for (const entry of log) {
    if ('reverts' in entry) continue;
    const [first] = entry.assertions;
    if (!first) continue;
    const about = first.kind === 'merge' ? first.into : first.item;
    const isNew = first.kind === 'describe' && !titles.has(about);
    const items = new Set<ItemId>();
    let photos = 0;
    const pictures: PhotoId[] = [];
    let described = 0;
    for (const each of entry.assertions) {
      items.add(each.kind === 'merge' ? each.into : each.item);
      const named = 'photos' in each ? each.photos : 'photo' in each ? [each.photo] : [];
      if ('photos' in each) photos += each.photos.length;
      for (const hash of named) {
        if (pictures.length >= MOST_PICTURES) break;
        const id = idOf.get(hash);
        if (id !== undefined) pictures.push(id);
      }
      if (each.kind !== 'describe') continue;
      described++;
      titles.set(each.item, each.title);
    }
    views.push({
      entry: entry.id,
      at: entry.at,
      kind: items.size > 1 || described > 1 ? 'import' : isNew ? 'create' : KINDS[first.kind],
      title: titles.get(about) ?? '',
      items: items.size,
      photos,
      reverted: !effective.has(entry.id),
      pictures,
    });
  }
  return views.reverse();
}
