import { Progress } from '@base-ui/react/progress';
import { useCallback, useEffect, useRef } from 'react';
import type { MoveNote, MoveWork } from '../../protocol/index.ts';
import { Button } from '../parts/button.tsx';
import { RetryIcon } from '../parts/icons.tsx';
import { cleanName } from '../pure/format.ts';
import { moveDetail, moveReason, moveShare, moveTitle, notesWords } from '../pure/move-words.ts';
import { useUi } from '../state/ui.ts';
import { useLoad } from '../state/use-load.ts';
import { useMoveActions } from '../state/use-move-actions.ts';
import { useObservable } from '../state/use-observable.ts';
import './indexing/indexing.css';
import './move-section.css';
import './problems.css';

/** How the library moves to a better model, and what of it could not be moved; nothing without either. */
export function MoveSection() {
  const { akin } = useUi();
  const work = useObservable(akin.moving.work);
  const { value: report, reload } = useLoad(useCallback(() => akin.moving.report(), [akin]));
  const state = useRef(work.state);
  useEffect(() => {
    if (state.current !== work.state) reload();
    state.current = work.state;
  }, [work.state, reload]);
  const notes = report?.notes ?? [];
  if (work.state === 'idle' && notes.length === 0) return null;
  return (
    <section className="setting" aria-labelledby="move-heading" data-testid="move-section">
      <h3 id="move-heading">Improving search</h3>
      <p className="muted">
        This version of Akin sees more in your photos. It looks at each of them once more, on this
        device; meanwhile search works as before, or better.
      </p>
      {work.state !== 'idle' && <Work work={work} />}
      {report && notes.length > 0 && (
        <Notes notes={notes} failed={report.failed} reduced={report.reduced} />
      )}
    </section>
  );
}

function Work({ work }: { work: Exclude<MoveWork, { state: 'idle' }> }) {
  const { pause, resume } = useMoveActions();
  const label =
    work.state === 'moving' ? 'Pause' : work.state === 'paused' ? 'Resume' : 'Try again';
  return (
    <div className="index-box index-work" data-state={work.state}>
      <Progress.Root
        className="index-progress"
        value={100 * moveShare(work)}
        aria-label="Photos improved"
        getAriaValueText={() => `${moveTitle(work)}, ${moveDetail(work)}`}
      >
        <p className="index-work-title">{moveTitle(work)}</p>
        <p className="muted index-work-detail">{moveDetail(work)}</p>
        <Progress.Track className="quota-track">
          <Progress.Indicator className="index-indicator" />
        </Progress.Track>
      </Progress.Root>
      {work.state !== 'finishing' && (
        <Button onClick={work.state === 'moving' ? pause : resume}>{label}</Button>
      )}
    </div>
  );
}

function Notes({
  notes,
  failed,
  reduced,
}: {
  notes: readonly MoveNote[];
  failed: number;
  reduced: number;
}) {
  const { retry } = useMoveActions();
  return (
    <>
      <p className="muted move-notes">{notesWords(failed, reduced)}</p>
      {failed > 0 && (
        <div className="setting-buttons">
          <Button onClick={retry}>
            <RetryIcon /> Try again
          </Button>
        </div>
      )}
      <ul className="problems" data-testid="move-notes">
        {notes.map((note) => {
          const name = cleanName(note.name);
          return (
            <li key={note.id} className="problem">
              <div className="problem-words">
                <p className="problem-name" title={name}>
                  <bdi>{name}</bdi>
                </p>
                <p className="muted">{moveReason(note)}</p>
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
