import { useCallback, useEffect, useRef, useState } from 'react';
import type { AkinError, Trial } from '../../../engine/index.ts';
import type { ModelChoices, ModelFacts, TrialFile, TrialReport } from '../../../protocol/index.ts';
import { addFiles } from '../../pure/settings/trial-files.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { useUi } from '../../state/ui.ts';

export type Step = 'files' | 'setup' | 'results';
type Work = 'reading' | 'trying' | 'keeping';

interface TrialState {
  readonly step: Step;
  /** Work in progress; `step` changes only when it is done. */
  readonly work: Work | null;
  /** Why the last operation failed. */
  readonly error: AkinError | null;
  readonly files: readonly TrialFile[];
  readonly facts: ModelFacts | null;
  readonly choices: ModelChoices | null;
  readonly report: TrialReport | null;
}

const NOTHING: TrialState = {
  step: 'files',
  work: null,
  error: null,
  files: [],
  facts: null,
  choices: null,
  report: null,
};

/** State machine of adding a model, from files to the list of models. Errors lose no input. */
export function useTrial() {
  const { akin } = useUi();
  const [state, setState] = useState(NOTHING);
  const trial = useRef<Trial | null>(null);
  const running = useRef<AbortController | null>(null);
  const [open, setOpen] = useState<Trial | null>(null);

  useEffect(() => {
    const opened = akin.models.trial();
    trial.current = opened;
    setOpen(opened);
    return () => {
      running.current?.abort();
      trial.current = null;
      opened.close();
    };
  }, [akin]);

  const change = useCallback(
    (next: Partial<TrialState>) => setState((was) => ({ ...was, ...next })),
    [],
  );

  /** Runs one operation at a time; `null` if it failed or was cancelled. */
  const run = useCallback(
    async <T>(work: Work, what: (trial: Trial, signal: AbortSignal) => Promise<T>) => {
      if (!trial.current) return null;
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      change({ work, error: null });
      try {
        const value = await what(trial.current, controller.signal);
        // Ignore whatever a cancelled operation returns.
        if (running.current !== controller) return null;
        change({ work: null });
        return value;
      } catch (thrown) {
        if (running.current !== controller) return null;
        const error = akinError(thrown);
        change({ work: null, error: error.code === 'aborted' ? null : error });
        return null;
      }
    },
    [change],
  );

  const read = useCallback(
    async (chosen: readonly TrialFile[]) => {
      if (chosen.length === 0) return;
      const files = addFiles(state.files, chosen);
      change({ files, step: 'files' });
      const facts = await run('reading', (on, signal) => on.read(files, { signal }));
      if (facts) change({ facts, choices: facts.guess, report: null, step: 'setup' });
    },
    [state.files, change, run],
  );

  const attempt = useCallback(async () => {
    const { choices } = state;
    if (!choices) return;
    const report = await run('trying', (on, signal) => on.try(choices, { signal }));
    if (report) change({ report, step: 'results' });
  }, [state, change, run]);

  const keep = useCallback((title: string) => run('keeping', (on) => on.keep(title)), [run]);

  return {
    ...state,
    trial: open,
    read,
    attempt,
    keep,
    choose: (choices: ModelChoices) => change({ choices }),
    /** For files that can't even be collected. */
    refuse: (error: AkinError) => change({ error, step: 'files' }),
    goTo: (step: Step) => change({ step, error: null, ...(step === 'files' && { files: [] }) }),
    cancel: () => running.current?.abort(),
  };
}
