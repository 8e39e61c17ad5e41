import { Progress } from '@base-ui/react/progress';
import { useState } from 'react';
import { moveDetail, moveName, moveShare, moveTitle } from '../../pure/settings/move-text.ts';
import { useMoveRoute } from '../../state/hooks/use-models.ts';
import { useMoveActions } from '../../state/hooks/use-move-actions.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Button, IconButton } from '../button.tsx';
import { CloseIcon, PauseIcon, PlayIcon, RetryIcon } from '../icons.tsx';
import './import-bar.css';

/** Progress of a model change; can be dismissed while it runs. */
export function MoveBar() {
  const { akin } = useUi();
  const work = useObservable(akin.moving.work);
  const { pause, resume } = useMoveActions();
  const route = useMoveRoute();
  // The move that was dismissed; a new one shows again.
  const [hidden, setHidden] = useState<string | null>(null);
  if (hidden !== null && hidden !== work.state) setHidden(null);
  if (work.state === 'idle' || work.state === 'finishing' || hidden === work.state) return null;
  const stopped = work.state === 'stopped';
  return (
    <section
      className="import-bar"
      aria-label={moveName(route)}
      data-testid="move-bar"
      data-state={work.state}
    >
      <div className="import-words">
        <p className="import-title" role={stopped ? 'alert' : undefined}>
          {moveTitle(work, route)}
        </p>
        <p className="import-detail muted">
          <span>{moveDetail(work)}</span>
        </p>
      </div>
      <div className="import-buttons">
        {stopped ? (
          <Button onClick={resume}>
            <RetryIcon /> {t('common.tryAgain')}
          </Button>
        ) : (
          // A single button keeps the focus.
          <IconButton
            label={t(work.state === 'paused' ? 'common.resume' : 'common.pause')}
            onClick={work.state === 'paused' ? resume : pause}
          >
            {work.state === 'paused' ? <PlayIcon /> : <PauseIcon />}
          </IconButton>
        )}
        <IconButton label={t('common.dismiss')} onClick={() => setHidden(work.state)}>
          <CloseIcon />
        </IconButton>
      </div>
      <Progress.Root
        className="import-progress"
        aria-label={t('moving.progress')}
        value={100 * moveShare(work)}
        getAriaValueText={() => moveTitle(work, route)}
      >
        <Progress.Track className="import-track">
          <Progress.Indicator className="import-indicator" data-state={work.state} />
        </Progress.Track>
      </Progress.Root>
    </section>
  );
}
