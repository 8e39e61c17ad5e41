import { type CSSProperties, type KeyboardEvent, type ReactNode, useState } from 'react';
import type { PhotoInfo } from '../../protocol/index.ts';
import { shownAspect } from '../pure/justify.ts';
import { t } from '../text/t.ts';
import { ZoomInIcon, ZoomOutIcon } from './icons.tsx';
import './long-frame.css';

interface LongFrameProps {
  info: PhotoInfo;
  children: ReactNode;
}

/** Share of what is seen that a page moves. */
const PAGE = 0.9;
const SCROLLS = /^(Arrow(Left|Right|Up|Down)|Page(Up|Down)|Home|End| )$/;

/**
 * The frame of a panorama or a long screenshot: whole at first, which may be a thin line, and large
 * enough to be read when it is zoomed, to be scrolled along.
 */
export function LongFrame({ info, children }: LongFrameProps) {
  const [zoomed, setZoomed] = useState(false);
  const aspect = info.width / info.height;
  const shown = shownAspect(aspect);
  // Keys and fingers move along the picture, not to the next one.
  const keep = (event: KeyboardEvent<HTMLElement>) => {
    if (!SCROLLS.test(event.key)) return;
    event.stopPropagation();
    // Browsers move up and down by these keys, and never along a panorama.
    const frame = event.currentTarget;
    const to = alongPanorama(event.key, frame);
    if (to === null || frame.scrollWidth <= frame.clientWidth) return;
    event.preventDefault();
    frame.scrollTo({ left: to });
  };
  return (
    <>
      {zoomed ? (
        <section
          className="stage-frame stage-long"
          aria-label={t('viewer.zoomed')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
          tabIndex={0}
          style={{ '--shown': shown, '--zoom': aspect / shown } as CSSProperties}
          onKeyDown={keep}
          onTouchStart={(event) => event.stopPropagation()}
        >
          {children}
        </section>
      ) : (
        <div className="stage-frame">{children}</div>
      )}
      <button
        type="button"
        className="stage-zoom"
        aria-pressed={zoomed}
        aria-label={t('viewer.zoomIn')}
        title={zoomed ? t('viewer.zoomOut') : t('viewer.zoomIn')}
        onClick={() => setZoomed(!zoomed)}
      >
        {zoomed ? <ZoomOutIcon /> : <ZoomInIcon />}
      </button>
    </>
  );
}

/** Where a key scrolls to in a wide picture; `null` for a key that the browser sees to. */
function alongPanorama(key: string, frame: HTMLElement): number | null {
  switch (key) {
    case 'Home':
      return 0;
    case 'End':
      return frame.scrollWidth;
    case 'PageUp':
      return frame.scrollLeft - PAGE * frame.clientWidth;
    case 'PageDown':
      return frame.scrollLeft + PAGE * frame.clientWidth;
    default:
      return null;
  }
}
