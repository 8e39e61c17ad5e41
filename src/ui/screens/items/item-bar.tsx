import { useRef, useState } from 'react';
import type { ItemPage } from '../../../protocol/index.ts';
import { IconButton } from '../../parts/button.tsx';
import {
  BackIcon,
  MergeIcon,
  MoreIcon,
  PencilIcon,
  SelectIcon,
  TrashIcon,
} from '../../parts/icons.tsx';
import { itemCounts } from '../../parts/items/item-card.tsx';
import { ItemForm } from '../../parts/items/item-form.tsx';
import ItemPicker from '../../parts/items/item-picker.tsx';
import { ActionMenu } from '../../parts/menu.tsx';
import { Bar } from '../../parts/shell/top-bar.tsx';
import { useFocusHome } from '../../state/hooks/use-focus-home.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';

interface ItemBarProps {
  page: ItemPage | null;
  /** Starts selecting the photos of another item. */
  onSplit: () => void;
}

/** An item's title and actions: edit, merge, split, delete. */
export function ItemBar({ page, onSplit }: ItemBarProps) {
  const { items, navigation } = useUi();
  const [open, setOpen] = useState<'edit' | 'merge' | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useFocusHome(title, page);
  const item = page?.item;
  const close = () => setOpen(null);
  return (
    <>
      <Bar>
        <IconButton label={t('common.back')} onClick={() => navigation.back()}>
          <BackIcon />
        </IconButton>
        {item && (
          <>
            <h1
              ref={title}
              tabIndex={-1}
              className="bar-name one-line"
              title={item.title}
              data-testid="item-title"
            >
              <bdi>{item.title}</bdi>
              <small>{itemCounts(item)}</small>
            </h1>
            <div className="bar-end">
              <IconButton label={t('items.edit')} onClick={() => setOpen('edit')}>
                <PencilIcon />
              </IconButton>
              <ActionMenu
                trigger={
                  <button type="button" className="icon-button" aria-label={t('items.more')}>
                    <MoreIcon />
                  </button>
                }
                entries={[
                  { label: t('items.merge'), icon: <MergeIcon />, run: () => setOpen('merge') },
                  { label: t('items.split'), icon: <SelectIcon />, run: onSplit },
                  {
                    label: t('items.delete'),
                    icon: <TrashIcon />,
                    run: async () => {
                      const toast = t('items.removed', { title: item.title });
                      navigation.replace({ view: 'items' });
                      await items.apply({ kind: 'remove', item: item.key }, toast);
                    },
                  },
                ]}
              />
            </div>
          </>
        )}
      </Bar>
      {page && open === 'edit' && (
        <ItemForm
          item={page.item.key}
          details={page.details}
          onClose={close}
          onSave={(details) => {
            close();
            void items.apply(
              { kind: 'edit', item: page.item.key, ...details },
              t('items.saved', { title: details.title }),
            );
          }}
        />
      )}
      {item && open === 'merge' && (
        <ItemPicker
          title={t('items.mergeTitle', { title: item.title })}
          without={item.key}
          onClose={close}
          onPick={(other) => {
            close();
            void items.apply(
              { kind: 'merge', into: item.key, from: other.key },
              t('items.merged', { title: item.title }),
            );
          }}
        />
      )}
    </>
  );
}
