import type { ImportFailure } from '../../protocol/index.ts';
import { Button } from '../parts/button.tsx';
import { RetryIcon } from '../parts/icons.tsx';
import { bytes, cleanName, plural } from '../pure/format.ts';
import { useUi } from '../state/ui.ts';
import { useObservable } from '../state/use-observable.ts';
import { type PanelProps, PanelShell } from './panel.tsx';
import './problems.css';

/** Rows drawn at once: a folder of 20,000 files that are no pictures must not hold up the page. */
const SHOWN = 200;

/** The files that could not be read, each with its reason and what can be done. */
export default function Problems({ onClose, children }: PanelProps) {
  const { akin, actions } = useUi();
  const failures = useObservable(akin.failures);
  return (
    <PanelShell title="Files that couldn’t be read" onClose={onClose} question={children}>
      {failures.length === 0 ? (
        <p className="muted">There are none.</p>
      ) : (
        <>
          <div className="problems-all">
            <p className="muted">{plural(failures.length, 'file')}</p>
            <Button look="quiet" onClick={() => void actions.dismiss()}>
              Forget all
            </Button>
            <Button onClick={() => void actions.retry()}>
              <RetryIcon /> Try all again
            </Button>
          </div>
          <ul className="problems">
            {failures.slice(0, SHOWN).map((failure) => (
              <Problem key={failure.id} failure={failure} />
            ))}
          </ul>
          {failures.length > SHOWN && (
            <p className="muted">and {plural(failures.length - SHOWN, 'more file')}</p>
          )}
        </>
      )}
    </PanelShell>
  );
}

function Problem({ failure }: { failure: ImportFailure }) {
  const { actions } = useUi();
  const name = cleanName(failure.name);
  // A folder has no bytes of its own, and has to be dropped again.
  const isFolder = failure.code === 'unreadable-folder';
  const where = [isFolder ? 'Folder' : bytes(failure.bytes)];
  if (failure.path !== '') where.push(cleanName(failure.path));
  return (
    <li className="problem" data-testid="problem">
      <div className="problem-words">
        <p className="problem-name" title={name}>
          <bdi>{name}</bdi>
        </p>
        <p className="muted">{failure.message}</p>
        <p className="problem-where muted">{where.join(' · ')}</p>
      </div>
      <div className="problem-buttons">
        {!isFolder && (
          <button
            type="button"
            className="link-button"
            aria-label={`Try ${name} again`}
            onClick={() => void actions.retry([failure.id])}
          >
            Try again
          </button>
        )}
        <button
          type="button"
          className="link-button muted"
          aria-label={`Forget ${name}`}
          onClick={() => void actions.dismiss([failure.id])}
        >
          Forget
        </button>
      </div>
    </li>
  );
}
