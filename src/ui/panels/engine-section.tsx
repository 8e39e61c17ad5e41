import { useCallback, useState } from 'react';
import type { BackendName, BackendReason, BackendReport } from '../../protocol/index.ts';
import { useUi } from '../state/ui.ts';
import { akinError, useLoad } from '../state/use-load.ts';
import { backendText } from '../text/backendText.ts';

const NAMES: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
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
      tell({ text: 'This engine could not be started', detail: message, urgent: true });
    } finally {
      setBusy(null);
    }
  };

  return (
    <section className="setting">
      <fieldset className="choices" disabled={busy !== null} aria-busy={busy !== null}>
        <legend>Engine</legend>
        <p className="muted">
          What the photos are read with. All give the same results; the first one that works here is
          usually the fastest.
        </p>
        {report.status === 'loading' && <p className="muted">Trying what this device can do…</p>}
        {report.error && <p role="alert">{report.error.message}</p>}
        {shown && (
          <>
            <Choice
              value="auto"
              title="Automatic"
              detail={`Takes the best: ${NAMES[shown.active]} now.`}
              state=""
              checked={(busy ?? shown.choice) === 'auto'}
              onChoose={choose}
            />
            {shown.candidates.map(({ name, reason }) => (
              <Choice
                key={name}
                value={name}
                title={NAMES[name]}
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

function stateOf({ code }: BackendReason, isActive: boolean): string {
  if (isActive) return 'runs';
  if (code === 'other-chosen' || code === 'faster-runs') return '';
  return code === 'software' ? 'slower' : 'not here';
}

interface ChoiceProps {
  value: BackendName | 'auto';
  title: string;
  detail: string;
  state: string;
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
      {state !== '' && (
        <span className="choice-state" data-state={state}>
          {state}
        </span>
      )}
    </label>
  );
}
