import { useCallback } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { AddMenu } from '../parts/add-menu.tsx';
import { Button, IconButton } from '../parts/button.tsx';
import { CloseIcon, SelectIcon, TrashIcon } from '../parts/icons.tsx';
import { PhotoGrid } from '../parts/photo-grid.tsx';
import { Bar, HomeBar } from '../parts/top-bar.tsx';
import { GallerySearch } from '../parts/words/gallery-search.tsx';
import type { GridMemory } from '../state/grid-memory.ts';
import { endRun } from '../state/photo-run.ts';
import { type Selection, useSelection } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';

interface GalleryProps {
  gallery: GallerySnapshot;
  memory: GridMemory;
}

export default function Gallery({ gallery, memory }: GalleryProps) {
  const { actions, navigation } = useUi();
  const selection = useSelection(gallery.ids);

  const hrefOf = useCallback((id: PhotoId) => navigation.url({ view: 'photo', id }), [navigation]);

  const remove = (ids: readonly PhotoId[]) => {
    selection.clear();
    void actions.remove(ids);
  };

  return (
    <>
      {selection.active ? (
        <SelectionBar
          selection={selection}
          onDelete={() => {
            memory.refocus = 'after-change';
            remove([...selection.ids]);
          }}
        />
      ) : (
        <HomeBar photos={gallery.length} search={<GallerySearch />}>
          <AddMenu />
          <IconButton label={t('gallery.select')} onClick={selection.start}>
            <SelectIcon />
          </IconButton>
        </HomeBar>
      )}
      <main className="screen">
        <PhotoGrid
          ids={gallery.ids}
          aspects={gallery.aspects}
          label={t('gallery.title')}
          memory={memory}
          selection={selection}
          hrefOf={hrefOf}
          onOpen={(id) => {
            endRun();
            navigation.push({ view: 'photo', id });
          }}
          onDelete={remove}
        />
      </main>
    </>
  );
}

function SelectionBar({ selection, onDelete }: { selection: Selection; onDelete: () => void }) {
  const none = selection.ids.size === 0;
  return (
    <Bar>
      <IconButton label={t('common.clearSelection')} shortcut="Escape" onClick={selection.clear}>
        <CloseIcon />
      </IconButton>
      <h1 className="bar-name">
        <span role="status" data-testid="selection-count">
          {none ? t('gallery.selectPhotos') : t('common.selected', { count: selection.ids.size })}
        </span>
      </h1>
      <div className="bar-end">
        <Button look="quiet" onClick={selection.all}>
          {t('common.selectAll')}
        </Button>
        <IconButton label={t('trash.move')} shortcut="Delete" disabled={none} onClick={onDelete}>
          <TrashIcon />
        </IconButton>
      </div>
    </Bar>
  );
}
