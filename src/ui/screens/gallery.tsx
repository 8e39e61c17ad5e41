import { Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { IconButton } from '../parts/button.tsx';
import { PhotoGrid } from '../parts/grid/photo-grid.tsx';
import { SelectionAction, SelectionBar } from '../parts/grid/selection-bar.tsx';
import { SortMenu } from '../parts/grid/sort-menu.tsx';
import { DownloadIcon, SelectIcon, SimilarIcon, TagIcon, TrashIcon } from '../parts/icons.tsx';
import { AddMenu } from '../parts/import/add-menu.tsx';
import { itemParts } from '../parts/items/item-parts.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { GallerySearch } from '../parts/query/gallery-search.tsx';
import { HomeBar } from '../parts/shell/top-bar.tsx';
import type { GallerySort } from '../pure/gallery/gallery-order.ts';
import { targetHeight } from '../pure/gallery/justify.ts';
import type { PageTerm } from '../pure/query/terms.ts';
import { galleryOrder, justImported } from '../state/gallery-order.ts';
import { type GridMemory, gridMemoryOf } from '../state/grid-memory.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { useWidth } from '../state/hooks/use-width.ts';
import { startRun } from '../state/photo-run.ts';
import { type Selection, useSelection } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';

const ItemPicker = lazyPart(itemParts.itemPicker);

interface GalleryProps {
  gallery: GallerySnapshot;
  sort: GallerySort;
  /** Of the grid sorted by capture date. */
  memory: GridMemory;
}

/** All photos, newest first. */
export default function Gallery({ gallery, sort, memory: ofTaken }: GalleryProps) {
  const { actions, navigation } = useUi();
  const since = useObservable(justImported);
  const main = useRef<HTMLElement>(null);
  const width = useWidth(main);
  const ordered = galleryOrder(gallery, sort);
  const { ids, aspects, order } = ordered;
  const sections = useMemo(() => {
    const target = targetHeight(width);
    return ordered.sections((sum) => sum * target >= width);
  }, [ordered, width]);
  const selection = useSelection(ids, order);
  // Photos just imported are shown from the start.
  const memory = sort === 'taken' ? ofTaken : gridMemoryOf(`imported ${since}`);

  const hrefOf = useCallback((id: PhotoId) => navigation.url({ view: 'photo', id }), [navigation]);

  const open = (id: PhotoId) => {
    startRun(ids);
    navigation.push({ view: 'photo', id });
  };
  const remove = (some: readonly PhotoId[]) => {
    selection.clear();
    void actions.remove(some);
  };

  return (
    <>
      {selection.active ? (
        <GallerySelection
          selection={selection}
          onOpen={open}
          onDelete={() => {
            memory.refocus = 'after-change';
            remove([...selection.ids]);
          }}
        />
      ) : (
        <HomeBar photos={gallery.length} search={<GallerySearch />}>
          <AddMenu />
          <SortMenu
            sort={sort}
            onChoose={(to) =>
              navigation.replace(
                to === 'taken' ? { view: 'gallery' } : { view: 'gallery', sort: to },
              )
            }
          />
          <IconButton label={t('gallery.select')} onClick={selection.start}>
            <SelectIcon />
          </IconButton>
        </HomeBar>
      )}
      <main className="screen" ref={main}>
        <PhotoGrid
          key={`${sort} ${since}`}
          ids={ids}
          aspects={aspects}
          order={order}
          sections={sections}
          label={t('gallery.title')}
          memory={memory}
          selection={selection}
          hrefOf={hrefOf}
          onOpen={open}
          onDelete={remove}
        />
      </main>
    </>
  );
}

/** Photos to find similar ones of at once: as many as fit as terms above the results. */
const MOST_EXAMPLES = 20;

interface GallerySelectionProps {
  selection: Selection;
  onOpen: (id: PhotoId) => void;
  onDelete: () => void;
}

function GallerySelection({ selection, onOpen, onDelete }: GallerySelectionProps) {
  const { actions, items, navigation, queries } = useUi();
  const { ids } = selection;
  const [choosing, setChoosing] = useState<readonly PhotoId[] | null>(null);
  const none = ids.size === 0;
  const findSimilar = () => {
    const [id] = ids;
    if (id !== undefined && ids.size === 1) return onOpen(id);
    const terms = [...ids].map((each): PageTerm => ({ kind: 'photo', id: each, mark: 'more' }));
    navigation.push({ view: 'search', query: queries.keep(terms) });
  };
  return (
    <SelectionBar selection={selection} onDelete={onDelete}>
      <SelectionAction
        label={t('gallery.findSimilar')}
        icon={<SimilarIcon />}
        disabled={none || ids.size > MOST_EXAMPLES}
        reason={
          ids.size > MOST_EXAMPLES ? t('gallery.selectFewer', { count: MOST_EXAMPLES }) : undefined
        }
        onClick={findSimilar}
      />
      <SelectionAction
        label={t('items.sameItem')}
        icon={<TagIcon />}
        disabled={none}
        onClick={() => setChoosing([...ids])}
      />
      <SelectionAction
        label={t('gallery.download')}
        icon={<DownloadIcon />}
        disabled={none}
        onClick={() => void actions.download([...ids])}
      />
      <SelectionAction
        label={t('trash.move')}
        icon={<TrashIcon />}
        shortcut="Delete"
        disabled={none}
        onClick={onDelete}
      />
      {choosing && (
        <Suspense>
          <ItemPicker
            title={t('items.sameItemTitle')}
            onClose={() => setChoosing(null)}
            onPick={({ key, title }) => {
              selection.clear();
              void items.apply(
                { kind: 'add', item: key, photos: choosing },
                t('items.added', { title, count: choosing.length }),
              );
            }}
            onCreate={async (title) => {
              selection.clear();
              const details = { title, sku: '', link: '', facts: [] };
              const toast = t('items.created', { title });
              const done = await items.apply(
                { kind: 'create', ...details, photos: choosing },
                toast,
              );
              if (done?.item) navigation.push({ view: 'item', key: done.item });
            }}
          />
        </Suspense>
      )}
    </SelectionBar>
  );
}
