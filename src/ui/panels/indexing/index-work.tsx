import { Progress } from '@base-ui/react/progress';
import { useRef } from 'react';
import type { IndexWork } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { RetryIcon } from '../../parts/icons.tsx';
import { clampShare, workDetail, workTitle } from '../../pure/settings/index-text.ts';
import { useKeepFocus } from '../../state/hooks/use-keep-focus.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { muted } from '../figure.tsx';

interface IndexWorkProps {
  work: IndexWork;
  /** Returns the element to focus when the work ends while this view is mounted. */
  rest: () => HTMLElement | null;
}

/** Progress of the index build, or why it failed. */
export function IndexWorkView({ work, rest }: IndexWorkProps) {
  if (work.state === 'idle') return null;
  if (work.state === 'building') return <Building work={work} rest={rest} />;
  return <Failed message={errorText(work)} rest={rest} />;
}

function useAttempt() {
  const { showToast } = useUi();
  return (what: () => Promise<void>, failure: 'index.rebuildFailed' | 'index.stopFailed') => {
    what().catch((thrown: unknown) =>
      showToast({ text: t(failure), detail: errorText(akinError(thrown)), urgent: true }),
    );
  };
}

function Failed({ message, rest }: { message: string; rest: () => HTMLElement | null }) {
  const { akin } = useUi();
  const attempt = useAttempt();
  const box = useRef<HTMLDivElement>(null);
  useKeepFocus(box, rest);
  return (
    <div ref={box} className="index-box index-work" data-state="failed" data-testid="index-work">
      <p role="alert">{t.rich('index.buildFailed', { message, muted })}</p>
      <Button onClick={() => attempt(() => akin.rebuildIndex(), 'index.rebuildFailed')}>
        <RetryIcon /> {t('common.tryAgain')}
      </Button>
    </div>
  );
}

interface BuildingProps {
  work: Extract<IndexWork, { state: 'building' }>;
  rest: () => HTMLElement | null;
}

function Building({ work, rest }: BuildingProps) {
  const { akin } = useUi();
  const attempt = useAttempt();
  const box = useRef<HTMLDivElement>(null);
  useKeepFocus(box, rest);
  return (
    <div ref={box} className="index-box index-work" data-state="building" data-testid="index-work">
      <Progress.Root
        className="index-progress"
        value={clampShare(work.share) * 100}
        aria-label={t('index.buildingLabel')}
        getAriaValueText={() => workDetail(work)}
      >
        <p className="index-work-title">{workTitle(work)}</p>
        <p className="muted index-work-detail">{workDetail(work)}</p>
        <Progress.Track className="quota-track">
          <Progress.Indicator className="index-indicator" />
        </Progress.Track>
      </Progress.Root>
      <Button onClick={() => attempt(() => akin.cancelIndexWork(), 'index.stopFailed')}>
        {t('common.stop')}
      </Button>
    </div>
  );
}
