import { type CSSProperties, useState } from 'react';
import type { PhotoInfo } from '../../protocol/index.ts';
import { cleanName } from '../pure/format.ts';
import { useOriginal } from '../state/use-original.ts';
import { useSwipe } from '../state/use-swipe.ts';
import { NextIcon, PreviousIcon } from './icons.tsx';
import { ThumbImage } from './tile.tsx';

interface PhotoStageProps {
  info: PhotoInfo;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
}

/** Small pictures are not blown up beyond this: they would look worse than they are. */
const MOST_ENLARGED = 2;

/** The photo as large as there is room: its thumbnail at once, the original over it when decoded. */
export function PhotoStage({ info, onPrevious, onNext }: PhotoStageProps) {
  const original = useOriginal(info.id);
  const [broken, setBroken] = useState(false);
  const swipe = useSwipe(onNext, onPrevious);
  const style = {
    '--aspect': info.width / Math.max(1, info.height),
    '--most': `${info.width * MOST_ENLARGED}px`,
  } as CSSProperties;
  return (
    <div className="stage" {...swipe}>
      <div className="stage-frame" style={style}>
        <ThumbImage id={info.id} alt="" />
        {original !== null && !broken ? (
          <img
            className="stage-original"
            src={original}
            alt={cleanName(info.name)}
            decoding="async"
            draggable={false}
            onLoad={(event) => {
              event.currentTarget.dataset.shown = '';
            }}
            onError={() => setBroken(true)}
          />
        ) : (
          <span className="visually-hidden" role="img" aria-label={cleanName(info.name)} />
        )}
      </div>
      {onPrevious && (
        <button
          type="button"
          className="stage-step stage-previous"
          aria-label="Previous photo"
          onClick={onPrevious}
        >
          <PreviousIcon />
        </button>
      )}
      {onNext && (
        <button
          type="button"
          className="stage-step stage-next"
          aria-label="Next photo"
          onClick={onNext}
        >
          <NextIcon />
        </button>
      )}
    </div>
  );
}
