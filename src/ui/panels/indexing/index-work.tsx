import { Progress } from '@base-ui/react/progress';
import type { IndexWork } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { RetryIcon } from '../../parts/icons.tsx';
import { clampShare, workDetail, workTitle } from '../../pure/index-words.ts';
import { useUi } from '../../state/ui.ts';
import { akinError } from '../../state/use-load.ts';

/** What is done about the index now, or why it could not be. */
export function IndexWorkView({ work }: { work: IndexWork }) {
  const { akin, tell } = useUi();
  const attempt = (what: () => Promise<void>) => {
    what().catch((thrown: unknown) =>
      tell({ text: 'That did not work', detail: akinError(thrown).message, urgent: true }),
    );
  };
  if (work.state === 'idle') return null;
  if (work.state === 'failed') {
    return (
      <div className="index-box index-work" data-state="failed" data-testid="index-work">
        <p role="alert">
          The index could not be built. {work.message}{' '}
          <span className="muted">The last good one goes on answering.</span>
        </p>
        <Button onClick={() => attempt(() => akin.rebuildIndex())}>
          <RetryIcon /> Try again
        </Button>
      </div>
    );
  }
  return (
    <div className="index-box index-work" data-state="building" data-testid="index-work">
      <Progress.Root
        className="index-progress"
        value={clampShare(work.share) * 100}
        aria-label="Building the index"
        getAriaValueText={() => workDetail(work)}
      >
        <p className="index-work-title">{workTitle(work)}</p>
        <p className="muted index-work-detail">{workDetail(work)}</p>
        <Progress.Track className="quota-track">
          <Progress.Indicator className="index-indicator" />
        </Progress.Track>
      </Progress.Root>
      <Button onClick={() => attempt(() => akin.cancelIndexWork())}>Cancel</Button>
    </div>
  );
}
