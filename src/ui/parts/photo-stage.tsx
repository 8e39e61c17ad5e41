import type { CSSProperties, ReactNode } from 'react';
import type { PhotoId, PhotoInfo } from '../../protocol/index.ts';
import { cleanName } from '../pure/format.ts';
import { isLong } from '../pure/justify.ts';
import { useOriginal } from '../state/use-original.ts';
import { useSwipe } from '../state/use-swipe.ts';
import { t } from '../text/t.ts';
import { NextIcon, PreviousIcon } from './icons.tsx';
import { LongFrame } from './long-frame.tsx';
import { ThumbImage } from './tile.tsx';

interface PhotoStageProps {
  id: PhotoId;
  /** `null` until it is there. The frame has its place before that: see `--aspect`. */
  info: PhotoInfo | null;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  /** What lies over the picture, exactly as large. */
  children?: ReactNode;
}

/** Small pictures are not blown up beyond this: they would look worse than they are. */
const MOST_ENLARGED = 2;

/** The photo as large as there is room: its thumbnail at once, the original over it when decoded. */
export function PhotoStage({ id, info, onPrevious, onNext, children }: PhotoStageProps) {
  const swipe = useSwipe(onNext, onPrevious);
  const picture = info && (
    <Picture id={id} info={info}>
      {children}
    </Picture>
  );
  return (
    <div className="stage" {...swipe}>
      {info && isLong(info) ? (
        <LongFrame key={id} info={info}>
          {picture}
        </LongFrame>
      ) : (
        <div className="stage-frame">{picture}</div>
      )}
      {onPrevious && (
        <button
          type="button"
          className="stage-step stage-previous"
          aria-label={t('viewer.previous')}
          onClick={onPrevious}
        >
          <PreviousIcon />
        </button>
      )}
      {onNext && (
        <button
          type="button"
          className="stage-step stage-next"
          aria-label={t('viewer.next')}
          onClick={onNext}
        >
          <NextIcon />
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
    <div
      className="stage-picture"
      style={{ '--most': `${info.width * MOST_ENLARGED}px` } as CSSProperties}
    >
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
    </div>
  );
}
