import { Suspense } from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { lazyPart } from '../lazy-part.ts';
import { itemParts } from './item-parts.ts';

const ItemPicker = lazyPart(itemParts.itemPicker);

interface SameItemPickerProps {
  /** Photos that show one item. */
  photos: readonly PhotoId[];
  onClose: () => void;
  /** An item was picked or named. */
  onDone: () => void;
}

/** Adds photos to the picked item, or makes one of them and opens it. */
export function SameItemPicker({ photos, onClose, onDone }: SameItemPickerProps) {
  const { items, navigation } = useUi();
  return (
    <Suspense>
      <ItemPicker
        title={t('items.sameItemTitle')}
        onClose={onClose}
        onPick={({ key, title }) => {
          onDone();
          void items.apply(
            { kind: 'add', item: key, photos },
            t('items.added', { title, count: photos.length }),
          );
        }}
        onCreate={async (title) => {
          onDone();
          const details = { title, sku: '', link: '', facts: [] };
          const done = await items.apply(
            { kind: 'create', ...details, photos },
            t('items.created', { title }),
          );
          if (done?.item) navigation.push({ view: 'item', key: done.item });
        }}
      />
    </Suspense>
  );
}
