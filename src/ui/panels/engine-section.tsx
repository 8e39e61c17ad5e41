import { useCallback, useState } from 'react';
import type { BackendName, BackendReason, BackendReport } from '../../protocol/index.ts';
import { akinError, useLoad } from '../state/hooks/use-load.ts';
import { useUi } from '../state/ui.ts';
import { BACKENDS, backendText } from '../text/backendText.ts';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';

/** Shows the active backend, why faster ones don't run, and a choice of the others. */
export function EngineSection() {
  const { akin, showToast } = useUi();
  const report = useLoad(useCallback(() => akin.backend(), [akin]));
  const [chosen, setChosen] = useState<BackendReport | null>(null);
  const [busy, setBusy] = useState<BackendName | 'auto' | null>(null);
  const shown = chosen ?? report.value;

  const choose = async (choice: BackendName | 'auto') => {
    setBusy(choice);
    try {
      setChosen(await akin.chooseBackend(choice));
    } catch (thrown) {
      const detail = errorText(akinError(thrown));
      showToast({ text: t('engine.failed'), detail, urgent: true });
    } finally {
      setBusy(null);
    }
  };

  return (
    <section className="setting">
      <fieldset className="choices" disabled={busy !== null} aria-busy={busy !== null}>
        <legend>{t('engine.title')}</legend>
        <p className="muted">{t('engine.intro')}</p>
        {report.status === 'loading' && <p className="muted">{t('engine.checking')}</p>}
        {report.error && <p role="alert">{errorText(report.error)}</p>}
        {shown && (
          <>
            <Choice
              value="auto"
              title={t('engine.automatic')}
              detail={t('engine.automaticHint', { name: BACKENDS[shown.active] })}
              state={null}
              checked={(busy ?? shown.choice) === 'auto'}
              onChoose={choose}
            />
            {shown.candidates.map(({ name, reason }) => (
              <Choice
                key={name}
                value={name}
                title={BACKENDS[name]}
                detail={backendText(reason)}
                state={stateOf(reason, name === shown.active)}
                checked={(busy ?? shown.choice) === name}
                onChoose={choose}
              />
            ))}
          </>
        )}
      </fieldset>
    </section>
  );
}

type State = 'runs' | 'slower' | 'not-here';

const STATES = {
  runs: 'engine.active',
  slower: 'engine.slower',
  'not-here': 'engine.unavailable',
} as const satisfies Record<State, string>;

function stateOf({ code }: BackendReason, isActive: boolean): State | null {
  if (isActive) return 'runs';
  if (code === 'other-chosen' || code === 'faster-runs') return null;
  // Works, but a faster one was preferred; still selectable.
  return code === 'software' ? 'slower' : 'not-here';
}

interface ChoiceProps {
  value: BackendName | 'auto';
  title: string;
  detail: string;
  state: State | null;
  checked: boolean;
  onChoose: (choice: BackendName | 'auto') => void;
}

function Choice({ value, title, detail, state, checked, onChoose }: ChoiceProps) {
  return (
    <label className="choice" data-testid={`backend-${value}`}>
      <input
        type="radio"
        name="backend"
        value={value}
        checked={checked}
        onChange={() => onChoose(value)}
      />
      <span className="choice-words">
        <span className="choice-title">{title}</span>
        {detail !== '' && <span className="muted">{detail}</span>}
      </span>
      {state !== null && (
        <span className="choice-state" data-state={state}>
          {t(STATES[state])}
        </span>
      )}
    </label>
  );
}
