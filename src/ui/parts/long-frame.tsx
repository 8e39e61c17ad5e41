import { type CSSProperties, type KeyboardEvent, type ReactNode, useState } from 'react';
import type { PhotoInfo } from '../../protocol/index.ts';
import { shownAspect } from '../pure/justify.ts';
import { ZoomInIcon, ZoomOutIcon } from './icons.tsx';
import './long-frame.css';

interface LongFrameProps {
  info: PhotoInfo;
  children: ReactNode;
}

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
  const keep = (event: KeyboardEvent) => {
    if (SCROLLS.test(event.key)) event.stopPropagation();
  };
  return (
    <>
      {zoomed ? (
        <section
          className="stage-frame stage-long"
          aria-label="Zoomed photo"
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
        aria-label="Zoom in"
        title={zoomed ? 'Show all of it' : 'Zoom in'}
        onClick={() => setZoomed(!zoomed)}
      >
        {zoomed ? <ZoomOutIcon /> : <ZoomInIcon />}
      </button>
    </>
  );
}
