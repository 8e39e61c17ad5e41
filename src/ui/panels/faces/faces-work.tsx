import { Progress } from '@base-ui/react/progress';
import type { FaceWork } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { workDetail, workShare, workTitle } from '../../pure/people/face-text.ts';
import { clampShare } from '../../pure/settings/index-text.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';

/** Status of the face scan, with Pause and Resume. */
export function FacesWork({ work }: { work: FaceWork }) {
  const { akin, people } = useUi();
  if (work.state === 'idle') return null;
  const underWay = work.state === 'scanning' || work.state === 'reclustering';
  const share = workShare(work);
  const text = (
    <>
      <p className="index-work-title">{workTitle(work)}</p>
      <p className="muted index-work-detail">{workDetail(work)}</p>
    </>
  );
  const pause = () => people.run(t('faces.pauseFailed'), () => akin.faces.stop());
  const resume = () => people.run(t('faces.scanFailed'), () => akin.faces.resume());
  return (
    <div className="index-box index-work" data-state={work.state} data-testid="faces-work">
      {share === null ? (
        <div className="index-progress" role={work.state === 'failed' ? 'alert' : undefined}>
          {text}
        </div>
      ) : (
        <Progress.Root
          className="index-progress"
          value={100 * clampShare(share)}
          aria-label={t('faces.scan')}
          getAriaValueText={() => `${workTitle(work)}. ${workDetail(work)}`}
        >
          {text}
          <Progress.Track className="quota-track">
            <Progress.Indicator className="index-indicator" />
          </Progress.Track>
        </Progress.Root>
      )}
      {/* A single button keeps the focus. */}
      <Button onClick={() => void (underWay ? pause() : resume())}>
        {t(
          underWay
            ? 'common.pause'
            : work.state === 'stopped'
              ? 'common.resume'
              : 'common.tryAgain',
        )}
      </Button>
    </div>
  );
}
