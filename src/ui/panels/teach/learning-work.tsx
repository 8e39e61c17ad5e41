import { Progress } from '@base-ui/react/progress';
import { useEffect, useRef } from 'react';
import type { TeachingProgress } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { trainingLine } from '../../pure/settings/teach-text.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { takeFocus } from '../take-focus.ts';
import { Triplet } from './triplet.tsx';
import '../indexing/indexing.css';

/** Progress of learning: the method, its loss, and the triplet that it is learning from. */
export function LearningWork({ onCancel }: { onCancel: () => void }) {
  const { akin } = useUi();
  const progress = useObservable(akin.teach.progress);
  const title = titleOf(progress);
  const isDrawing = progress?.stage === 'drawing';
  const training = progress?.training ?? null;
  const detail = training ? trainingLine(training) : '';
  const box = useRef<HTMLElement>(null);
  // The button that started it is gone: move the focus here.
  useEffect(() => takeFocus(box.current), []);
  return (
    <section
      ref={box}
      className="index-box index-work trial-work teach-work"
      tabIndex={-1}
      data-testid="teach-work"
      aria-label={t('teach.learning')}
    >
      <Progress.Root
        className="index-progress"
        value={(progress?.share ?? 0) * 100}
        aria-label={t('teach.learning')}
        getAriaValueText={() => `${title} ${detail}`}
      >
        <p className="index-work-title">{title}</p>
        <p className="muted index-work-detail">
          {detail || t(isDrawing ? 'teach.drawingHint' : 'teach.measuring')}
        </p>
        <Progress.Track className="quota-track">
          <Progress.Indicator className="index-indicator" />
        </Progress.Track>
      </Progress.Root>
      <Button onClick={onCancel}>{t('common.stop')}</Button>
      {training?.triplet && <Triplet step={training.triplet} />}
    </section>
  );
}

function titleOf(progress: TeachingProgress | null): string {
  if (progress?.stage === 'drawing') return t('teach.drawing');
  return progress?.method ? t(`teach.method.${progress.method}`) : t('common.gettingReady');
}
