import { Progress } from '@base-ui/react/progress';
import { lazy, Suspense } from 'react';
import { measureDetail, measuredWords, measureTitle } from '../../pure/index-words.ts';
import { measureOf } from '../../state/measurement.ts';
import { useUi } from '../../state/ui.ts';
import { useObservable } from '../../state/use-observable.ts';
import { RecallTable } from './recall-table.tsx';
import { RunButton } from './run-button.tsx';
import './recall.css';

const RecallChart = lazy(() => import('./recall-chart.tsx'));

/** With fewer there is nothing to tell one kind from another by. */
const LEAST = 12;

/** Builds every kind of the person's own photos, and shows how each does. */
export function MeasurePart({ photos }: { photos: number }) {
  const { akin } = useUi();
  const measure = measureOf(akin);
  const now = useObservable(measure.now);
  const running = now.state === 'running';
  return (
    <section className="index-part" aria-labelledby="measure-heading">
      <h4 id="measure-heading">Measure my library</h4>
      <p className="muted">
        Builds each kind with your photos, searches with 100 of them, and tells how much it finds
        and how long it takes. Nothing is changed. With many photos it takes a while; Settings may
        be closed meanwhile.
      </p>
      {running && (
        <div className="index-box index-work" data-testid="measure-progress">
          <Progress.Root
            className="index-progress"
            value={now.progress?.done ?? null}
            max={Math.max(1, now.progress?.total ?? 1)}
            aria-label="Measuring"
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
      {now.error && <p role="alert">The measure ended early. {now.error.message}</p>}
      {now.state === 'cancelled' && (
        <p role="status">
          Cancelled{now.rows.length > 0 && ': this is what was measured until then'}.
        </p>
      )}
      {now.rows.length > 0 && (
        <>
          <Suspense fallback={<div className="recall-plot" />}>
            <RecallChart rows={now.rows} />
          </Suspense>
          <RecallTable rows={now.rows} caption={measuredWords(now.photos)} />
        </>
      )}
      <RunButton
        running={running}
        disabled={photos < LEAST}
        onStart={() => void measure.start(photos)}
        onCancel={() => measure.cancel()}
      >
        {now.state === 'none' ? 'Measure' : 'Measure again'}
      </RunButton>
      {photos < LEAST && <p className="muted index-note">Needs {LEAST} photos.</p>}
    </section>
  );
}
