import { useEffect, useMemo, useRef, useState } from 'react';
import { modelTitle } from '../../pure/settings/model-text.ts';
import { gatherFiles } from '../../pure/settings/trial-files.ts';
import { useDropTaker } from '../../state/drop-taker.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { useModels } from '../../state/hooks/use-models.ts';
import { type DropTaker, useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { type PanelProps, PanelShell } from '../panel.tsx';
import { openSettingsAt } from '../settings-place.ts';
import { takeFocus } from '../take-focus.ts';
import { FilesStep } from './files-step.tsx';
import { ResultsStep } from './results-step.tsx';
import { SetupStep } from './setup-step.tsx';
import { type Step, useTrial } from './use-trial.ts';
import './models.css';

const HEADINGS = {
  files: 'models.stepFiles',
  setup: 'models.stepSetup',
  results: 'models.stepResults',
} as const satisfies Record<Step, string>;
const STEPS = Object.keys(HEADINGS) as Step[];

/** Adds a custom model step by step. Nothing changes until the last step is confirmed. */
export default function AddModel({ onClose, children }: PanelProps) {
  const { akin, ask, openPanel, showToast } = useUi();
  const trial = useTrial();
  const { step, work, read, refuse } = trial;
  const models = useModels().value;
  const current = models?.find(({ isChosen }) => isChosen);
  const [over, setOver] = useState(false);
  const heading = useHeading(step);

  const takes = step === 'files' && work === null;
  useDropTaker(
    useMemo<DropTaker>(
      () => ({
        over: (isOver) => setOver(isOver && takes),
        takeAll: (found) => {
          if (!takes) {
            return showToast({
              text: t('models.notNow'),
              detail: t('models.notNowDetail'),
            });
          }
          gatherFiles(found).then(read, (thrown: unknown) => refuse(akinError(thrown)));
        },
      }),
      [takes, read, refuse, showToast],
    ),
  );

  const toSettings = () => {
    openSettingsAt('advanced', 'models-heading');
    openPanel('settings');
  };
  const close = async () => {
    const loses = trial.facts !== null || work !== null;
    const agreed =
      !loses ||
      (await ask({
        title: t('models.discardTitle'),
        body: t('models.discardBody'),
        confirm: t('models.discard'),
        decline: t('common.cancel'),
      }));
    if (agreed) onClose();
  };
  const keep = async (title: string, use: boolean) => {
    const kept = await trial.keep(title);
    if (!kept) return;
    try {
      if (use) await akin.models.choose(kept.id);
      // If it is used right away, Settings shows that.
      else showToast({ text: t('models.added', { title }) });
    } catch (thrown) {
      const detail = errorText(akinError(thrown));
      showToast({ text: t('models.addedOnly', { title }), detail, urgent: true });
    }
    toSettings();
  };

  return (
    <PanelShell
      title={t('models.addTitle')}
      onClose={() => void close()}
      question={children}
      wide={step === 'results'}
    >
      <p className="muted trial-place">
        {t('models.step', { step: STEPS.indexOf(step) + 1, total: STEPS.length })}
      </p>
      <h3 ref={heading} className="trial-heading" tabIndex={-1}>
        {t(HEADINGS[step])}
      </h3>
      {step === 'files' && <FilesStep trial={trial} over={over} />}
      {step === 'setup' && <SetupStep trial={trial} />}
      {step === 'results' && (
        <ResultsStep
          trial={trial}
          current={current ? modelTitle(current) : t('models.standard')}
          onKeep={(title, use) => void keep(title, use)}
        />
      )}
    </PanelShell>
  );
}

/** Focuses the heading of each step, so that screen readers announce it. */
function useHeading(step: Step) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return undefined;
    shown.current = step;
    heading.current?.closest('.panel-body')?.scrollTo({ top: 0 });
    return takeFocus(heading.current);
  }, [step]);
  return heading;
}
