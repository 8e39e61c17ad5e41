import type { ItemEntryView } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { cleanName } from '../format.ts';

/** Longer titles are cut: they may have 500 characters. */
const MOST_TITLE = 120;

/** A log entry of items as a sentence: `Added 2 photos to “Plum jam”`. */
export function itemChangeText({ kind, title, items, photos }: ItemEntryView): string {
  const name = cleanName(title);
  const shown = name.length > MOST_TITLE ? `${name.slice(0, MOST_TITLE - 1)}…` : name;
  const values = { title: shown, items, photos };
  switch (kind) {
    case 'create':
      return t('items.changeCreate', values);
    case 'edit':
      return t('items.changeEdit', values);
    case 'add':
      return t('items.changeAdd', values);
    case 'reject':
      return t('items.changeReject', values);
    case 'cover':
      return t('items.changeCover', values);
    case 'merge':
      return t('items.changeMerge', values);
    case 'remove':
      return t('items.changeRemove', values);
    case 'import':
      return t('items.changeImport', values);
  }
}
