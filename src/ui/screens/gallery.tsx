import { useCallback, useMemo, useRef } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { IconButton } from '../parts/button.tsx';
import { PhotoGrid } from '../parts/grid/photo-grid.tsx';
import { PhotoSelection } from '../parts/grid/photo-selection.tsx';
import { SortMenu } from '../parts/grid/sort-menu.tsx';
import { SelectIcon } from '../parts/icons.tsx';
import { AddMenu } from '../parts/import/add-menu.tsx';
import { GallerySearch } from '../parts/query/gallery-search.tsx';
import { HomeBar } from '../parts/shell/top-bar.tsx';
import type { GallerySort } from '../pure/gallery/gallery-order.ts';
import { targetHeight } from '../pure/gallery/justify.ts';
import { galleryOrder, justImported } from '../state/gallery-order.ts';
import { type GridMemory, gridMemoryOf } from '../state/grid-memory.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { useWidth } from '../state/hooks/use-width.ts';
import { startRun } from '../state/photo-run.ts';
import { librarySelection, useSelection } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';

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
  const selection = useSelection(ids, order, librarySelection);
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
        <PhotoSelection
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
