import type { ItemView, PhotoId } from '../../../protocol/index.ts';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { ThumbImage } from '../grid/tile.tsx';
import { TagIcon } from '../icons.tsx';
import './items.css';

/** A photo of an item, or a tag if there is none. */
export function ItemPicture({ photo }: { photo: PhotoId | null }) {
  return (
    <span className="item-picture">{photo === null ? <TagIcon /> : <ThumbImage id={photo} />}</span>
  );
}

/** What tells an item from others of the same title: "SKU · 6 photos". */
export function itemCounts({ sku, photos }: ItemView): string {
  return sku === ''
    ? t('common.photos', { count: photos })
    : t('items.photosOf', { sku, count: photos });
}

export function ItemFigure({ item }: { item: ItemView }) {
  return (
    <>
      <ItemPicture photo={item.cover} />
      <bdi className="item-title">{item.title}</bdi>
      <small className="muted one-line">{itemCounts(item)}</small>
    </>
  );
}

/** Links to the page of an item. */
export function ItemCard({ item }: { item: ItemView }) {
  const { navigation } = useUi();
  const route = { view: 'item', key: item.key } as const;
  return (
    <a
      className="item-card"
      href={navigation.url(route)}
      data-testid="item-card"
      draggable={false}
      onClick={(event) => {
        if (opensElsewhere(event)) return;
        event.preventDefault();
        navigation.push(route);
      }}
    >
      <ItemFigure item={item} />
    </a>
  );
}
