import { Progress } from '@base-ui/react/progress';
import { useCallback, useEffect, useRef } from 'react';
import type { MoveNote, MoveWork } from '../../protocol/index.ts';
import { Button } from '../parts/button.tsx';
import { RestoreIcon, RetryIcon } from '../parts/icons.tsx';
import { cleanName } from '../pure/format.ts';
import type { MoveRoute } from '../pure/settings/model-text.ts';
import { modelTitle } from '../pure/settings/model-text.ts';
import {
  moveDetail,
  moveIntro,
  moveName,
  moveReason,
  moveShare,
  moveTitle,
  notesText,
} from '../pure/settings/move-text.ts';
import { useKeepFocus } from '../state/hooks/use-keep-focus.ts';
import { useLoad } from '../state/hooks/use-load.ts';
import { useMoveRoute } from '../state/hooks/use-models.ts';
import { useMoveActions } from '../state/hooks/use-move-actions.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';
import './indexing/indexing.css';
import './move-section.css';
import './problems.css';

/** Progress of a model change and the photos it failed for; renders nothing without either. */
export function MoveSection() {
  const { akin } = useUi();
  const work = useObservable(akin.moving.work);
  const { value: report, reload } = useLoad(useCallback(() => akin.moving.report(), [akin]));
  const route = useMoveRoute();
  const heading = useRef<HTMLHeadingElement>(null);
  const state = useRef(work.state);
  useEffect(() => {
    if (state.current !== work.state) reload();
    // The user starts a move further up, out of sight of this section: scroll it into view.
    if (state.current === 'idle' && work.state !== 'idle') {
      heading.current?.parentElement?.scrollIntoView({ block: 'nearest' });
    }
    state.current = work.state;
  }, [work.state, reload]);
  const notes = report?.notes ?? [];
  if (work.state === 'idle' && notes.length === 0) return null;
  return (
    <section
      className="setting move-section"
      aria-labelledby="move-heading"
      data-testid="move-section"
    >
      <h3 id="move-heading" ref={heading} tabIndex={-1}>
        {work.state === 'idle' ? t('moving.notesTitle') : moveName(route)}
      </h3>
      {work.state !== 'idle' && (
        <>
          <p className="muted">{moveIntro(route)}</p>
          <Work work={work} route={route} rest={() => heading.current} />
        </>
      )}
      {report && notes.length > 0 && (
        <Notes notes={notes} failed={report.failed} reduced={report.reduced} />
      )}
    </section>
  );
}

/** The choice of a model further up, which remains after a move is cancelled. */
const choiceOf = (id: string) =>
  document.querySelector<HTMLElement>(`.models [data-testid="model-${id}"] input`);

const BUTTONS = {
  moving: 'common.pause',
  paused: 'common.resume',
  stopped: 'common.tryAgain',
} as const;

interface WorkProps {
  work: Exclude<MoveWork, { state: 'idle' }>;
  route: MoveRoute;
  rest: () => HTMLElement | null;
}

function Work({ work, route, rest }: WorkProps) {
  const { pause, resume, goBack } = useMoveActions();
  const box = useRef<HTMLDivElement>(null);
  useKeepFocus(box, rest);
  const { back } = route;
  const takeBack = async (model: NonNullable<typeof back>) => {
    await goBack({ id: model.id, title: modelTitle(model) });
    // The clicked button disappears with the move.
    if (!box.current) choiceOf(model.id)?.focus();
  };
  const title = moveTitle(work, route);
  return (
    <div ref={box} className="index-box move-work" data-state={work.state}>
      <Progress.Root
        className="index-progress"
        value={100 * moveShare(work)}
        aria-label={t('moving.progress')}
        getAriaValueText={() => `${title}. ${moveDetail(work)}`}
      >
        <p className="index-work-title">{title}</p>
        <p className="muted index-work-detail">{moveDetail(work)}</p>
        <Progress.Track className="quota-track">
          <Progress.Indicator className="index-indicator" />
        </Progress.Track>
      </Progress.Root>
      {work.state !== 'finishing' && (
        <div className="setting-buttons">
          <Button onClick={work.state === 'moving' ? pause : resume}>
            {t(BUTTONS[work.state])}
          </Button>
          {back && (
            <Button look="quiet" onClick={() => void takeBack(back)}>
              <RestoreIcon /> {t('moving.goBack', { back: modelTitle(back) })}
            </Button>
          )}
        </div>
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
      <p className="muted move-notes">{notesText(failed, reduced)}</p>
      {failed > 0 && (
        <div className="setting-buttons">
          <Button onClick={retry}>
            <RetryIcon /> {t('common.tryAgain')}
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
