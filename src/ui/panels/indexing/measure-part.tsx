import { Progress } from '@base-ui/react/progress';
import { lazy, Suspense } from 'react';
import { measureDetail, measuredText, measureTitle } from '../../pure/settings/index-text.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { measureOf } from '../../state/measurement.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { RecallTable } from './recall-table.tsx';
import { RunButton } from './run-button.tsx';
import './recall.css';

const RecallChart = lazy(() => import('./recall-chart.tsx'));

/** With fewer photos, the types can't be told apart. */
const LEAST = 12;

/** Builds every index type on the user's photos and compares them. */
export function MeasurePart({ photos }: { photos: number }) {
  const { akin } = useUi();
  const measure = measureOf(akin);
  const now = useObservable(measure.now);
  const running = now.state === 'running';
  return (
    <section className="index-part" aria-labelledby="measure-heading">
      <h4 id="measure-heading">{t('index.measureTitle')}</h4>
      <p className="muted">{t('index.measureIntro')}</p>
      {running && (
        <div className="index-box index-work" data-testid="measure-progress">
          <Progress.Root
            className="index-progress"
            value={now.progress?.done ?? null}
            max={Math.max(1, now.progress?.total ?? 1)}
            aria-label={t('index.measuring')}
            getAriaValueText={() => measureTitle(now.progress)}
          >
            <p className="index-work-title">{measureTitle(now.progress)}</p>
            <p className="muted index-work-detail">{measureDetail(now.progress)}</p>
            <Progress.Track className="quota-track">
              <Progress.Indicator className="index-indicator" />
            </Progress.Track>
          </Progress.Root>
        </div>
      )}
      {now.error && (
        <p role="alert">{t('index.measureFailed', { message: errorText(now.error) })}</p>
      )}
      {now.state === 'cancelled' && (
        <p role="status">
          {t(now.rows.length > 0 ? 'index.measureStoppedRows' : 'index.measureStopped')}
        </p>
      )}
      {now.rows.length > 0 && (
        <>
          <Suspense fallback={<div className="recall-plot" />}>
            <RecallChart rows={now.rows} />
          </Suspense>
          <RecallTable rows={now.rows} caption={measuredText(now.photos)} />
        </>
      )}
      <RunButton
        running={running}
        disabled={photos < LEAST}
        onStart={() => void measure.start(photos)}
        onCancel={() => measure.cancel()}
      >
        {t(now.state === 'none' ? 'index.measure' : 'index.measureAgain')}
      </RunButton>
      {photos < LEAST && (
        <p className="muted index-note">{t('index.measureFew', { least: LEAST })}</p>
      )}
    </section>
  );
}
