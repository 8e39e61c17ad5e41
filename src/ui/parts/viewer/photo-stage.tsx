import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import type { PhotoId, PhotoInfo } from '../../../protocol/index.ts';
import { cleanName } from '../../pure/format.ts';
import { isLong } from '../../pure/gallery/justify.ts';
import { MOST_ENLARGED } from '../../pure/viewer/zoom.ts';
import { useOriginal } from '../../state/hooks/viewer/use-original.ts';
import { useSwipe } from '../../state/hooks/viewer/use-swipe.ts';
import { t } from '../../text/t.ts';
import { ThumbImage } from '../grid/tile.tsx';
import { NextIcon, PreviousIcon, ZoomInIcon, ZoomOutIcon } from '../icons.tsx';
import { useZoom } from './use-zoom.ts';
import './photo-stage.css';

interface PhotoStageProps {
  id: PhotoId;
  /** `null` until loaded. The frame is laid out before that: see `--aspect`. */
  info: PhotoInfo | null;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  /** Controls that stay in place while the picture is zoomed. */
  tools?: ReactNode;
  /** Overlay of exactly the picture's size. */
  children?: ReactNode;
}

/** How long a tap shows the buttons. */
const BUTTONS_MS = 3000;

/**
 * The photo at the largest size that fits: the thumbnail at once, then the decoded original. Zooms
 * by click, wheel, pinch or key; swipes to the next photo.
 */
export function PhotoStage({ id, info, onPrevious, onNext, tools, children }: PhotoStageProps) {
  const frame = useRef<HTMLElement>(null);
  const [buttons, showButtons] = useState(false);
  const zoom = useZoom(frame, info, () => showButtons(!buttons));
  const swipe = useSwipe(
    frame,
    zoom.zoomed ? null : { left: onNext ?? undefined, right: onPrevious ?? undefined },
  );

  useEffect(() => {
    if (!buttons) return;
    const timer = setTimeout(() => showButtons(false), BUTTONS_MS);
    return () => clearTimeout(timer);
  }, [buttons]);

  return (
    <div
      className="stage"
      data-zoomed={zoom.zoomed || undefined}
      data-buttons={buttons || undefined}
      style={info ? ({ '--most': `${info.width * MOST_ENLARGED}px` } as CSSProperties) : undefined}
      {...swipe}
    >
      <section
        className="stage-frame"
        ref={frame}
        aria-label={zoom.zoomed ? t('viewer.zoomed') : undefined}
        // Scrollable while zoomed.
        tabIndex={zoom.zoomed ? 0 : undefined}
      >
        <div className="stage-picture" data-known={info !== null || undefined}>
          {info && (
            <Picture id={id} info={info}>
              {children}
            </Picture>
          )}
        </div>
      </section>
      {onPrevious && !zoom.zoomed && (
        <button
          type="button"
          className="stage-button stage-previous"
          aria-label={t('viewer.previous')}
          onClick={onPrevious}
        >
          <PreviousIcon />
        </button>
      )}
      {onNext && !zoom.zoomed && (
        <button
          type="button"
          className="stage-button stage-next"
          aria-label={t('viewer.next')}
          onClick={onNext}
        >
          <NextIcon />
        </button>
      )}
      {info && tools}
      {info && (
        <button
          type="button"
          className="stage-button stage-zoom"
          // A photo shown as a thin strip is hardly visible without zoom.
          data-needed={isLong(info) || zoom.zoomed || undefined}
          aria-pressed={zoom.zoomed}
          aria-label={t('viewer.zoomIn')}
          title={zoom.zoomed ? t('viewer.zoomOut') : t('viewer.zoomIn')}
          onClick={zoom.toggle}
        >
          {zoom.zoomed ? <ZoomOutIcon /> : <ZoomInIcon />}
        </button>
      )}
    </div>
  );
}

interface PictureProps {
  id: PhotoId;
  info: PhotoInfo;
  children: ReactNode;
}

function Picture({ id, info, children }: PictureProps) {
  const original = useOriginal(id);
  return (
    <>
      <ThumbImage id={id} alt="" />
      {original.url !== null ? (
        <img
          className="stage-original"
          src={original.url}
          alt={cleanName(info.name)}
          decoding="async"
          draggable={false}
          style={{ backgroundColor: info.backdrop }}
          onLoad={(event) => {
            event.currentTarget.dataset.shown = '';
          }}
          onError={original.onError}
        />
      ) : (
        <span className="visually-hidden" role="img" aria-label={cleanName(info.name)} />
      )}
      {children}
    </>
  );
}
