import type { ItemView, PhotoId } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { useUi } from '../ui.ts';

/**
 * What the item picker does with photos that are of the same item: adds them to the picked one, or
 * makes one of them and opens it.
 */
export function useMakeItem(): (
  photos: readonly PhotoId[],
  onDone: () => void,
) => {
  readonly onPick: (item: ItemView) => void;
  readonly onCreate: (title: string) => Promise<void>;
} {
  const { items, navigation } = useUi();
  return (photos, onDone) => ({
    onPick: ({ key, title }) => {
      onDone();
      void items.apply(
        { kind: 'add', item: key, photos },
        t('items.added', { title, count: photos.length }),
      );
    },
    onCreate: async (title) => {
      onDone();
      const details = { title, sku: '', link: '', facts: [] };
      const done = await items.apply(
        { kind: 'create', ...details, photos },
        t('items.created', { title }),
      );
      if (done?.item) navigation.push({ view: 'item', key: done.item });
    },
  });
}
