import { useRef } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { ComparePhoto } from '../parts/compare/compare-photo.tsx';
import { useCompare } from '../parts/compare/use-compare.ts';
import { BackIcon, ZoomInIcon, ZoomOutIcon } from '../parts/icons.tsx';
import { Bar } from '../parts/shell/top-bar.tsx';
import { indexOfId } from '../pure/gallery/ids.ts';
import { MOST_ZOOM } from '../pure/viewer/compare-view.ts';
import { useKeys } from '../state/hooks/keys/use-keys.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';
import './waiting.css';
import './compare.css';

interface CompareProps {
  /** Two to four. */
  photos: readonly PhotoId[];
  gallery: GallerySnapshot;
}

/** Photos side by side: zooming and panning one of them does so with all. */
export default function CompareScreen({ photos, gallery }: CompareProps) {
  const { navigation } = useUi();
  const area = useRef<HTMLElement>(null);
  const { view, zoomIn, zoomOut, reset } = useCompare(area);
  // Photos may be deleted meanwhile, here or in another tab.
  const shown = photos.filter((id) => indexOfId(gallery.ids, id) >= 0);
  useKeys((key) => {
    if (key !== 'Escape') return false;
    navigation.back();
    return true;
  });
  return (
    <>
      <Bar>
        <IconButton label={t('common.back')} onClick={() => navigation.back()}>
          <BackIcon />
        </IconButton>
        <h1 className="bar-name one-line">{t('compare.title')}</h1>
        <div className="bar-end">
          <IconButton
            label={t('viewer.zoomOut')}
            shortcut="-"
            disabled={view.zoom <= 1}
            onClick={zoomOut}
          >
            <ZoomOutIcon />
          </IconButton>
          <Button look="quiet" className="compare-zoom" disabled={view.zoom <= 1} onClick={reset}>
            {t('compare.zoom', { zoom: Math.round(10 * view.zoom) / 10 })}
          </Button>
          <IconButton
            label={t('viewer.zoomIn')}
            shortcut="+"
            disabled={view.zoom >= MOST_ZOOM}
            onClick={zoomIn}
          >
            <ZoomInIcon />
          </IconButton>
        </div>
      </Bar>
      {shown.length === 0 ? (
        <main className="screen waiting">
          <h2>{t('compare.gone')}</h2>
          <Button look="primary" onClick={() => navigation.home()}>
            {t('viewer.toPhotos')}
          </Button>
        </main>
      ) : (
        <main
          ref={area}
          className="screen compare"
          data-photos={shown.length}
          data-zoomed={view.zoom > 1 || undefined}
        >
          {shown.map((id) => (
            <ComparePhoto
              key={id}
              id={id}
              aspect={gallery.aspects[indexOfId(gallery.ids, id)] ?? 1}
              view={view}
            />
          ))}
        </main>
      )}
    </>
  );
}
