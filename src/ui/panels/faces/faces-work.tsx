import { Progress } from '@base-ui/react/progress';
import type { FaceWork } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { workDetail, workShare, workTitle } from '../../pure/face-words.ts';
import { clampShare } from '../../pure/index-words.ts';
import { useUi } from '../../state/ui.ts';

/** What is done about faces now, or why it is not; with what stops it and goes on. */
export function FacesWork({ work }: { work: FaceWork }) {
  const { akin, people } = useUi();
  if (work.state === 'idle') return null;
  const underWay = work.state === 'looking' || work.state === 'gathering';
  const share = workShare(work);
  const words = (
    <>
      <p className="index-work-title">{workTitle(work)}</p>
      <p className="muted index-work-detail">{workDetail(work)}</p>
    </>
  );
  const stop = () =>
    people.run('The search for faces could not be stopped.', () => akin.faces.stop());
  const resume = () => people.run('Faces could not be looked for.', () => akin.faces.resume());
  return (
    <div className="index-box index-work" data-state={work.state} data-testid="faces-work">
      {share === null ? (
        <div className="index-progress" role={work.state === 'failed' ? 'alert' : undefined}>
          {words}
        </div>
      ) : (
        <Progress.Root
          className="index-progress"
          value={100 * clampShare(share)}
          aria-label="Photos looked through for faces"
          getAriaValueText={() => `${workTitle(work)}, ${workDetail(work)}`}
        >
          {words}
          <Progress.Track className="quota-track">
            <Progress.Indicator className="index-indicator" />
          </Progress.Track>
        </Progress.Root>
      )}
      {/* One button for all, so that the focus stays on it. */}
      <Button onClick={() => void (underWay ? stop() : resume())}>
        {underWay ? 'Stop' : work.state === 'stopped' ? 'Go on' : 'Try again'}
      </Button>
    </div>
  );
}
