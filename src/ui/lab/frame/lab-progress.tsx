import { Progress } from '@base-ui/react/progress';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';

/** What the Lab is doing, for jobs that take a while. */
export function LabProgress() {
  const { akin } = useUi();
  const work = useObservable(akin.lab.work);
  const { stage, share } =
    work.state === 'working' ? work : { stage: 'reading' as const, share: 0 };
  return (
    <div className="lab-progress" data-testid="lab-progress">
      <Progress.Root value={share * 100} aria-label={t(`lab.working.${stage}`)}>
        <p>{t(`lab.working.${stage}`)}</p>
        <Progress.Track className="quota-track">
          <Progress.Indicator className="index-indicator" />
        </Progress.Track>
      </Progress.Root>
    </div>
  );
}
