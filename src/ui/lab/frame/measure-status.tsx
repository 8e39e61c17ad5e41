import { Button } from '../../parts/button.tsx';
import { t } from '../../text/t.ts';
import type { Measuring, MeasuringJob } from '../state/use-measured.ts';

type MeasureStatusProps = Measuring<MeasuringJob> & {
  /** How many there are to measure. */
  total: number;
};

/** What is measured, and a way to stop it. */
export function MeasureStatus(props: MeasureStatusProps) {
  const { measured, current, isStopped, stop, resume, total } = props;
  const failed = measured.filter(({ rows }) => rows.length === 0);
  const done = measured.length;
  return (
    <div className="lab-status" data-testid="lab-status" data-done={done} data-total={total}>
      <p role="status">
        {current
          ? t('lab.measuring.now', { name: current.name, step: done + 1, total })
          : done < total
            ? t('lab.measuring.stopped', { done, total })
            : t('lab.measuring.done', { total: done - failed.length })}
        {failed.map(({ job }) => ` ${t('lab.measuring.failed', { name: job.name })}`)}
      </p>
      {(current || isStopped) && done < total && (
        <Button look="quiet" onClick={current ? stop : resume}>
          {t(current ? 'lab.measuring.stop' : 'lab.measuring.resume')}
        </Button>
      )}
    </div>
  );
}
