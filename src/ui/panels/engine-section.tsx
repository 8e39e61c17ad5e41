import { useCallback, useState } from 'react';
import type { BackendName, BackendReport } from '../../protocol/index.ts';
import { useUi } from '../state/ui.ts';
import { akinError, useLoad } from '../state/use-load.ts';
import { t } from '../text/t.ts';

/** The same in every language. */
const NAMES: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'JavaScript',
};

/** Which backend runs the nets, why the better ones do not, and the choice of another. */
export function EngineSection() {
  const { akin, tell } = useUi();
  const report = useLoad(useCallback(() => akin.backend(), [akin]));
  const [chosen, setChosen] = useState<BackendReport | null>(null);
  const [busy, setBusy] = useState<BackendName | 'auto' | null>(null);
  const shown = chosen ?? report.value;

  const choose = async (choice: BackendName | 'auto') => {
    setBusy(choice);
    try {
      setChosen(await akin.chooseBackend(choice));
    } catch (thrown) {
      const { message } = akinError(thrown);
      tell({ text: t('engine.failed'), detail: message, urgent: true });
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
        {report.error && <p role="alert">{report.error.message}</p>}
        {shown && (
          <>
            <Choice
              value="auto"
              title={t('engine.automatic')}
              detail={t('engine.automaticHint', { name: NAMES[shown.active] })}
              state={null}
              checked={(busy ?? shown.choice) === 'auto'}
              onChoose={choose}
            />
            {shown.candidates.map(({ name, available, reason }) => (
              <Choice
                key={name}
                value={name}
                title={NAMES[name]}
                detail={name === shown.active ? runningDetail(reason) : reason}
                state={stateOf(name === shown.active, available, reason)}
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

/** What is said beside the badge that already says that it runs: `It runs on Mesa.` is `On Mesa.` */
function runningDetail(reason: string): string {
  const rest = reason.replace(/^It runs[\s,]*/, '').replace(/^\.$/, '');
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

type State = 'runs' | 'slower' | 'not-here';

const STATES = {
  runs: 'engine.active',
  slower: 'engine.slower',
  'not-here': 'engine.unavailable',
} as const satisfies Record<State, string>;

function stateOf(active: boolean, available: boolean | null, reason: string): State | null {
  if (active) return 'runs';
  if (available !== false) return null;
  // Passed over for a faster one, and still there to be chosen.
  return /\bslower than\b/.test(reason) ? 'slower' : 'not-here';
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
