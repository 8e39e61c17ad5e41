import { Progress } from '@base-ui/react/progress';
import { useEffect } from 'react';
import type { ImportProgress } from '../../../protocol/index.ts';
import {
  doneTitle,
  importSummary,
  progressDetails,
  progressTitle,
  skippedText,
} from '../../pure/gallery/import-status.ts';
import { justImported } from '../../state/gallery-order.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Button, IconButton } from '../button.tsx';
import { FacesBar } from '../faces/faces-bar.tsx';
import { CloseIcon, PauseIcon, PlayIcon, RetryIcon } from '../icons.tsx';
import { reportHeight } from '../shell/dock.ts';
import { MoveBar } from './move-bar.tsx';
import './import-bar.css';

/** Progress of the import and its result until dismissed or a photo is opened; below it, the face scan. */
export function ImportBar() {
  const { akin, navigation } = useUi();
  const progress = useObservable(akin.progress);
  const route = useObservable(navigation.route);
  const photo = route.view === 'photo' ? route.id : null;
  // Whoever opens a photo has seen the result, which would cover the picture.
  useEffect(() => {
    if (photo !== null && akin.progress.get().state === 'done') akin.dismissSummary();
  }, [akin, photo]);
  return (
    <div className="dock" ref={reportHeight}>
      {progress.state !== 'idle' && (
        <section
          className="import-bar"
          aria-label={t('import.title')}
          data-testid="import-bar"
          data-state={progress.state}
        >
          {progress.state === 'done' ? (
            <Done progress={progress} onDismiss={() => akin.dismissSummary()} />
          ) : (
            <Running progress={progress} />
          )}
        </section>
      )}
      {/* One bar at a time: during an import, faces are detected in the same pass. */}
      {(progress.state === 'idle' || progress.state === 'done') && <FacesBar />}
      {(progress.state === 'idle' || progress.state === 'done') && <MoveBar />}
    </div>
  );
}

type Active = Exclude<ImportProgress, { state: 'idle' } | { state: 'done' }>;

function Running({ progress }: { progress: Active }) {
  const { akin } = useUi();
  const loading = progress.state === 'running' && progress.step === 'models';
  return (
    <>
      <div className="import-words">
        <p className="import-title" role={progress.state === 'stopped' ? 'alert' : undefined}>
          {progressTitle(progress)}
        </p>
        <p className="import-detail muted">
          <span className="import-parts">
            {progressDetails(progress).map((part, i) => (
              <span key={part}>
                {i > 0 && ' · '}
                {part}
              </span>
            ))}
          </span>
          <FailedLink failed={progress.failed} />
        </p>
      </div>
      <div className="import-buttons">
        {progress.state === 'running' && !loading && (
          <IconButton label={t('common.pause')} onClick={() => akin.pause()}>
            <PauseIcon />
          </IconButton>
        )}
        {progress.state === 'paused' && (
          <IconButton label={t('common.resume')} onClick={() => akin.resume()}>
            <PlayIcon />
          </IconButton>
        )}
        {progress.state === 'stopped' && (
          <Button onClick={() => akin.resume()}>
            <RetryIcon /> {t('common.tryAgain')}
          </Button>
        )}
        {/* Not a cross, which takes a message away and leaves the work running. */}
        <Button look="quiet" onClick={() => akin.cancel()}>
          {t('common.stop')}
        </Button>
      </div>
      <Progress.Root
        className="import-progress"
        aria-label={loading ? t('import.progressPreparing') : t('import.progress')}
        value={loading ? progress.loaded * 100 : progress.done}
        max={loading ? 100 : Math.max(1, progress.total)}
        getAriaValueText={() => progressTitle(progress)}
      >
        <Progress.Track className="import-track">
          <Progress.Indicator className="import-indicator" data-state={progress.state} />
        </Progress.Track>
      </Progress.Root>
    </>
  );
}

interface DoneProps {
  progress: Extract<ImportProgress, { state: 'done' }>;
  onDismiss: () => void;
}

function Done({ progress, onDismiss }: DoneProps) {
  const { akin, navigation } = useUi();
  const show = () => {
    const { ids } = akin.gallery.get();
    justImported.set(ids[Math.max(0, ids.length - progress.imported)] ?? null);
    navigation.push({ view: 'gallery', sort: 'imported' });
    // Only failed files are worth keeping the bar for.
    if (progress.failed === 0) onDismiss();
  };
  return (
    <>
      <div className="import-words" role="status">
        <p className="import-title">{doneTitle(progress)}</p>
        <p className="import-detail muted">
          <span>{importSummary(progress, progress.cancelled)}</span>
          {progress.failed > 0 && <FailedLink failed={progress.failed} text={t('import.seeWhy')} />}
        </p>
        {progress.skipped > 0 && <p className="import-detail muted">{skippedText(progress)}</p>}
      </div>
      <div className="import-buttons">
        {progress.imported > 0 && (
          <Button look="quiet" className="import-show" onClick={show}>
            {t('import.show')}
          </Button>
        )}
        <IconButton label={t('common.dismiss')} onClick={onDismiss}>
          <CloseIcon />
        </IconButton>
      </div>
    </>
  );
}

function FailedLink({ failed, text }: { failed: number; text?: string }) {
  const { openPanel } = useUi();
  if (failed === 0) return null;
  return (
    <button type="button" className="link-button" onClick={() => openPanel('problems')}>
      {text ?? t('import.notImported', { count: failed })}
    </button>
  );
}
