import { Progress } from '@base-ui/react/progress';
import { useEffect, useRef } from 'react';
import type { Trial } from '../../../engine/index.ts';
import { Button } from '../../parts/button.tsx';
import { stageShare, stageText } from '../../pure/settings/trial-text.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { t } from '../../text/t.ts';
import { takeFocus } from '../take-focus.ts';
import '../indexing/indexing.css';

interface TrialWorkProps {
  trial: Trial;
  title: string;
  onCancel: (() => void) | null;
}

/** Progress of the running trial, with a Cancel button. */
export function TrialWork({ trial, title, onCancel }: TrialWorkProps) {
  const progress = useObservable(trial.progress);
  const detail = progress ? stageText(progress) : t('common.gettingReady');
  const share = progress && stageShare(progress);
  const box = useRef<HTMLElement>(null);
  // The button that started it is gone: move the focus here.
  useEffect(() => takeFocus(box.current), []);
  return (
    <section
      ref={box}
      className="index-box index-work trial-work"
      tabIndex={-1}
      data-testid="trial-work"
      aria-label={title}
    >
      <Progress.Root
        className="index-progress"
        value={share === null ? null : share * 100}
        aria-label={title}
        getAriaValueText={() => detail}
      >
        <p className="index-work-title">{title}</p>
        <p className="muted index-work-detail">{detail}</p>
        <Progress.Track className="quota-track">
          <Progress.Indicator className="index-indicator" />
        </Progress.Track>
      </Progress.Root>
      {onCancel && <Button onClick={onCancel}>{t('common.stop')}</Button>}
    </section>
  );
}
