import { useEffect, useMemo, useRef, useState } from 'react';
import { modelTitle } from '../../pure/model-words.ts';
import { gatherFiles } from '../../pure/trial-files.ts';
import { useDropTaker } from '../../state/drop-taker.ts';
import { type DropTaker, useUi } from '../../state/ui.ts';
import { akinError } from '../../state/use-load.ts';
import { useModels } from '../../state/use-models.ts';
import { type PanelProps, PanelShell } from '../panel.tsx';
import { openSettingsAt } from '../settings-place.ts';
import { FilesStep } from './files-step.tsx';
import { ResultsStep } from './results-step.tsx';
import { SetupStep } from './setup-step.tsx';
import { type Step, useTrial } from './use-trial.ts';
import './models.css';

const HEADINGS: Record<Step, string> = {
  files: 'Choose its files',
  setup: 'How to use it',
  results: 'How it compares',
};
const STEPS = Object.keys(HEADINGS) as Step[];

/** Brings in a model of the person's own, step by step; nothing changes before it is kept. */
export default function AddModel({ onClose, children }: PanelProps) {
  const { akin, ask, openPanel, tell } = useUi();
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
            return tell({
              text: 'Not added',
              detail: 'To bring another model or photos, finish or close this first.',
            });
          }
          gatherFiles(found).then(read, (thrown: unknown) => refuse(akinError(thrown)));
        },
      }),
      [takes, read, refuse, tell],
    ),
  );

  const toSettings = () => {
    openSettingsAt('models-heading');
    openPanel('settings');
  };
  const close = async () => {
    const loses = trial.facts !== null || work !== null;
    const agreed =
      !loses ||
      (await ask({
        title: 'Leave without keeping the model?',
        body: 'Your choices for it and the results are lost. Its files stay where they are.',
        confirm: 'Leave',
        decline: 'Stay',
      }));
    if (agreed) onClose();
  };
  const keep = async (title: string, use: boolean) => {
    const kept = await trial.keep(title);
    if (!kept) return;
    try {
      if (use) await akin.models.choose(kept.id);
      // Where it is used, Settings tell so themselves.
      else tell({ text: `“${title}” added` });
    } catch (thrown) {
      const detail = akinError(thrown).message;
      tell({ text: `“${title}” was added, but can’t be used now`, detail, urgent: true });
    }
    toSettings();
  };

  return (
    <PanelShell
      title="Add your own model"
      onClose={() => void close()}
      question={children}
      wide={step === 'results'}
    >
      <p className="muted trial-place">
        Step {STEPS.indexOf(step) + 1} of {STEPS.length}
      </p>
      <h3 ref={heading} className="trial-heading" tabIndex={-1}>
        {HEADINGS[step]}
      </h3>
      {step === 'files' && <FilesStep trial={trial} over={over} />}
      {step === 'setup' && <SetupStep trial={trial} />}
      {step === 'results' && (
        <ResultsStep
          trial={trial}
          current={current ? modelTitle(current) : 'Standard'}
          onKeep={(title, use) => void keep(title, use)}
        />
      )}
    </PanelShell>
  );
}

/** The heading of a step gets the focus as the step begins, which also has it read out. */
function useHeading(step: Step) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
    heading.current?.closest('.panel-body')?.scrollTo({ top: 0 });
  }, [step]);
  return heading;
}
