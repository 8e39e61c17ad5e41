import { useCallback, useRef, useState } from 'react';
import type { DeedView } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { DownloadIcon, FilesIcon } from '../../parts/icons.tsx';
import { moment, plural } from '../../pure/format.ts';
import { saveJson } from '../../state/save-file.ts';
import { useUi } from '../../state/ui.ts';
import { useFacesLoad } from '../../state/use-faces-load.ts';
import { useObservable } from '../../state/use-observable.ts';
import { type PanelProps, PanelShell } from '../panel.tsx';
import { UnreadSteps } from './unread-steps.tsx';
import './people-log.css';

/** Rows drawn at first, and at each "Show more". */
const SHOWN = 100;
/** More text than this nobody has said; it is not even read. */
const MOST_BYTES = 50_000_000;

/** Everything the person said about people, each step to be taken back, all to be kept elsewhere. */
export default function PeopleLog({ onClose, children }: PanelProps) {
  const { akin, faces, people, tell } = useUi();
  const unread = useObservable(faces.state).report?.unread ?? 0;
  const log = useFacesLoad(useCallback(() => akin.faces.log(), [akin]));
  const [shown, setShown] = useState(SHOWN);
  const chooser = useRef<HTMLInputElement>(null);
  const steps = log.value ?? [];

  const save = () =>
    people.run('What you said could not be exported.', async () => {
      const text = await akin.faces.exportLog();
      const name = `akin-people-${new Date().toISOString().slice(0, 10)}.json`;
      saveJson(text, name);
    });
  const bringIn = (file: File) =>
    people.run('This file could not be brought in.', async () => {
      if (file.size > MOST_BYTES) throw new Error('It is too large to be an export of people.');
      const fresh = await akin.faces.importLog(await file.text());
      log.reload();
      tell({
        text:
          fresh === 0
            ? 'All of this file was known already'
            : `${plural(fresh, 'step')} brought in`,
      });
    });
  const turn = async ({ step, undone }: DeedView) => {
    await (undone ? people.redo(step) : people.undo(step));
    log.reload();
  };

  return (
    <PanelShell title="What you said about people" onClose={onClose} question={children}>
      <p className="muted">
        Any step can be taken back, in any order. Export it to keep the names, or to bring them to
        the same photos on another device.
      </p>
      <div className="setting-buttons log-buttons">
        <Button disabled={steps.length === 0 && unread === 0} onClick={() => void save()}>
          <DownloadIcon /> Export
        </Button>
        <Button onClick={() => chooser.current?.click()}>
          <FilesIcon /> Import…
        </Button>
        <input
          ref={chooser}
          hidden
          type="file"
          accept=".json,application/json"
          aria-label="Choose an export of people"
          data-testid="people-log-input"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) void bringIn(file);
          }}
        />
      </div>
      {unread > 0 && <UnreadSteps steps={unread} />}
      {log.error && <p role="alert">{log.error.message}</p>}
      {log.value && steps.length === 0 && unread === 0 && (
        <p className="muted">You have said nothing about people yet.</p>
      )}
      <ol className="log" aria-label="Steps, newest first">
        {steps.slice(0, shown).map((step) => (
          <Step key={step.step} step={step} onTurn={() => void turn(step)} />
        ))}
      </ol>
      {steps.length > shown && (
        <Button onClick={() => setShown((n) => n + SHOWN)}>Show more</Button>
      )}
    </PanelShell>
  );
}

function Step({ step, onTurn }: { step: DeedView; onTurn: () => void }) {
  return (
    <li className="log-step" data-undone={step.undone || undefined} data-testid="log-step">
      <div>
        <p>
          <bdi className="log-words">{step.words}</bdi>
          {step.undone && <span className="log-mark">taken back</span>}
        </p>
        <p className="log-when muted">{moment(step.at)}</p>
      </div>
      {/* One button for both, so that the focus stays on it. */}
      <button
        type="button"
        className="link-button"
        aria-label={`${step.undone ? 'Redo' : 'Undo'}: ${step.words}`}
        onClick={onTurn}
      >
        {step.undone ? 'Redo' : 'Undo'}
      </button>
    </li>
  );
}
