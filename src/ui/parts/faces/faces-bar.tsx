import { Progress } from '@base-ui/react/progress';
import { useState } from 'react';
import { workDetail, workShare, workTitle } from '../../pure/people/face-text.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { workInPage } from '../../state/work-in-page.ts';
import { t } from '../../text/t.ts';
import { Button, IconButton } from '../button.tsx';
import { CloseIcon, PauseIcon, RetryIcon } from '../icons.tsx';
import '../import/import-bar.css';

/**
 * Progress of the face scan of existing photos, unless the page shows it; can be dismissed while it
 * runs.
 */
export function FacesBar() {
  const { akin, people } = useUi();
  const work = useObservable(akin.faces.work);
  const inPage = useObservable(workInPage);
  // The scan that was dismissed; a new one shows again.
  const [hidden, setHidden] = useState<string | null>(null);
  if (hidden !== null && hidden !== work.state) setHidden(null);
  const shown =
    work.state === 'scanning' || work.state === 'reclustering' || work.state === 'failed';
  if (!shown || inPage || hidden === work.state) return null;
  const share = workShare(work);
  return (
    <section
      className="import-bar"
      aria-label={t('faces.scan')}
      data-testid="faces-bar"
      data-state={work.state === 'failed' ? 'stopped' : work.state}
    >
      <div className="import-words">
        <p className="import-title" role={work.state === 'failed' ? 'alert' : undefined}>
          {workTitle(work)}
        </p>
        <p className="import-detail muted">
          <span>{workDetail(work)}</span>
        </p>
      </div>
      <div className="import-buttons">
        {work.state !== 'failed' ? (
          <IconButton
            label={t('common.pause')}
            onClick={() => void people.run(t('faces.pauseFailed'), () => akin.faces.stop())}
          >
            <PauseIcon />
          </IconButton>
        ) : (
          <Button onClick={() => void people.run(t('faces.scanFailed'), () => akin.faces.resume())}>
            <RetryIcon /> {t('common.tryAgain')}
          </Button>
        )}
        <IconButton label={t('common.dismiss')} onClick={() => setHidden(work.state)}>
          <CloseIcon />
        </IconButton>
      </div>
      {share !== null && (
        <Progress.Root
          className="import-progress"
          aria-label={t('faces.scan')}
          value={100 * share}
          getAriaValueText={() => workTitle(work)}
        >
          <Progress.Track className="import-track">
            <Progress.Indicator className="import-indicator" />
          </Progress.Track>
        </Progress.Root>
      )}
    </section>
  );
}
