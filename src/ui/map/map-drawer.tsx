import { useCallback, useMemo, useState } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId, PhotoMap } from '../../protocol/index.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { PhotoGrid } from '../parts/grid/photo-grid.tsx';
import { CloseIcon, PhotosIcon, SimilarIcon, TagIcon } from '../parts/icons.tsx';
import { SameItemPicker } from '../parts/items/same-item-picker.tsx';
import { ExportMenu } from '../parts/query/export-menu.tsx';
import { indexOfId } from '../pure/gallery/ids.ts';
import { listedOrder } from '../pure/gallery/photo-order.ts';
import { MOST_EXAMPLES, type PageTerm } from '../pure/query/terms.ts';
import { galleryOrder } from '../state/gallery-order.ts';
import { newGridMemory } from '../state/grid-memory.ts';
import { startRun } from '../state/photo-run.ts';
import type { Selection } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';
import { FitIcon } from './icons.tsx';
import { spread } from './pure/sample.ts';
import './map-drawer.css';

interface MapDrawerProps {
  map: PhotoMap;
  gallery: GallerySnapshot;
  selection: Selection;
  /** Brings the selected photos into view. */
  onShow: () => void;
}

/** What is selected on the map, and what can be done with it. */
export function MapDrawer({ map, gallery, selection, onShow }: MapDrawerProps) {
  const { actions, navigation, queries } = useUi();
  const { ids: selected } = selection;
  const [memory] = useState(newGridMemory);
  const [choosing, setChoosing] = useState<readonly PhotoId[] | null>(null);
  const { ids, aspects, order } = useMemo(() => {
    const shown = galleryOrder(gallery, 'taken').ids.filter((id) => selected.has(id));
    return {
      ids: shown,
      aspects: Float32Array.from(shown, (id) => gallery.aspects[indexOfId(gallery.ids, id)]!),
      order: listedOrder(shown),
    };
  }, [gallery, selected]);
  const hits = useMemo(() => Array.from(ids, (id) => ({ id, cosine: 0, pValue: 1 })), [ids]);
  const hrefOf = useCallback((id: PhotoId) => navigation.url({ view: 'photo', id }), [navigation]);
  const open = (id: PhotoId) => {
    startRun(ids);
    navigation.push({ view: 'photo', id });
  };
  const search = () => {
    const indexes = [...selected].map((id) => indexOfId(map.ids, id)).filter((i) => i >= 0);
    const terms = spread(map.positions, indexes, MOST_EXAMPLES).map(
      (i): PageTerm => ({ kind: 'photo', id: map.ids[i]!, mark: 'more' }),
    );
    navigation.push({ view: 'search', query: queries.keep(terms) });
  };
  return (
    <aside className="map-drawer" aria-label={t('map.selection')} data-testid="map-drawer">
      <div className="map-head">
        <h2>
          <span role="status">{t('common.selected', { count: selected.size })}</span>
        </h2>
        <IconButton label={t('map.showSelection')} onClick={onShow}>
          <FitIcon />
        </IconButton>
        <IconButton
          label={t('common.clearSelection')}
          shortcut="Escape"
          onClick={() => {
            selection.clear();
            document.querySelector<HTMLElement>('.map-stage')?.focus({ preventScroll: true });
          }}
        >
          <CloseIcon />
        </IconButton>
      </div>
      <div className="map-actions">
        <Button onClick={search}>
          <SimilarIcon />{' '}
          {selected.size > MOST_EXAMPLES
            ? t('map.findSimilarTo', { count: MOST_EXAMPLES })
            : t('gallery.findSimilar')}
        </Button>
        <Button onClick={() => setChoosing([...selected])}>
          <TagIcon /> {t('items.sameItem')}
        </Button>
        <Button onClick={() => navigation.push({ view: 'gallery' })}>
          <PhotosIcon /> {t('map.inPhotos')}
        </Button>
        <ExportMenu hits={hits} odds={false} />
      </div>
      <div className="map-grid">
        <PhotoGrid
          ids={ids}
          aspects={aspects}
          order={order}
          label={t('map.selection')}
          memory={memory}
          // A click opens: all are selected, and only the check takes one out.
          selection={{ ...selection, active: false }}
          hrefOf={hrefOf}
          onOpen={open}
          onDelete={(some) => void actions.remove(some)}
        />
      </div>
      {choosing && (
        <SameItemPicker
          photos={choosing}
          onClose={() => setChoosing(null)}
          onDone={selection.clear}
        />
      )}
    </aside>
  );
}
