import { type ReactNode, useState } from 'react';
import { Button } from '../../parts/button.tsx';
import { moment } from '../../pure/format.ts';
import { t } from '../../text/t.ts';
import './change-log.css';

/** Rows rendered initially and per "Show more". */
const SHOWN = 100;

/** A change that the user made, and can undo. */
export interface Change {
  readonly entry: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  /** Faces or photos that it is about, overlapping. */
  readonly figures: ReactNode;
  readonly reverted: boolean;
}

interface ChangeLogProps {
  /** Newest first. */
  changes: readonly Change[];
  /** Undoes a change, or redoes it. */
  onTurn: (change: Change) => void;
}

/** A log of changes, each with a button that undoes it, however old. */
export function ChangeLog({ changes, onTurn }: ChangeLogProps) {
  const [shown, setShown] = useState(SHOWN);
  return (
    <>
      <ol className="log" aria-label={t('people.historyList')}>
        {changes.slice(0, shown).map((change) => (
          <Entry key={change.entry} change={change} onTurn={() => onTurn(change)} />
        ))}
      </ol>
      {changes.length > shown && (
        <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
      )}
    </>
  );
}

function Entry({ change, onTurn }: { change: Change; onTurn: () => void }) {
  const { text, at, figures, reverted } = change;
  return (
    <li className="log-entry" data-reverted={reverted || undefined} data-testid="log-entry">
      <span className="log-figures">{figures}</span>
      <div className="log-text">
        <p>
          <bdi className="log-words">{text}</bdi>
          {reverted && <span className="log-mark">{t('people.undoneMark')}</span>}
        </p>
        <p className="log-when muted">{moment(at)}</p>
      </div>
      {/* A single button keeps the focus. */}
      <button
        type="button"
        className="link-button"
        aria-label={t(reverted ? 'people.redoChange' : 'people.undoChange', { change: text })}
        onClick={onTurn}
      >
        {t(reverted ? 'common.redo' : 'common.undo')}
      </button>
    </li>
  );
}
