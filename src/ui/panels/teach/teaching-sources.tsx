import { type ReactNode, useEffect, useRef, useState } from 'react';
import { LEAST_TAUGHT, type TeachingSources } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { LogIcon } from '../../parts/icons.tsx';
import { count } from '../../pure/format.ts';
import { attempt } from '../../state/actions/attempt.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { takeFocus } from '../take-focus.ts';

/** Whether it is enough to tell whether learning helps. */
export function isEnough({ groups, photos }: TeachingSources): boolean {
  return groups >= LEAST_TAUGHT.groups && photos >= LEAST_TAUGHT.photos;
}

interface SourcesProps {
  sources: TeachingSources;
  /** Where the user comes back from: its button gets the focus. */
  from: 'pairs' | 'history' | null;
  onPairs: () => void;
  onHistory: () => void;
}

/** What there is to learn from: items, answers about pairs, and results marked + and −. */
export function Sources({ sources, from, onPairs, onHistory }: SourcesProps) {
  const { akin, showToast } = useUi();
  const [busy, setBusy] = useState(false);
  const pairs = useRef<HTMLButtonElement>(null);
  const history = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (from !== null) return takeFocus((from === 'pairs' ? pairs : history).current);
  }, [from]);
  const { items, itemPhotos, answers, marks, contradicted, groups, photos } = sources;
  const { learnsFromMarks } = sources;
  const turn = async () => {
    if (busy) return;
    setBusy(true);
    await attempt(showToast, t('teach.settingFailed'), () =>
      akin.teach.pairs.learnFromMarks(!learnsFromMarks),
    );
    setBusy(false);
  };
  return (
    <section aria-labelledby="sources-heading">
      <h3 id="sources-heading" className="trial-part">
        {t('teach.sources')}
      </h3>
      <ul className="teach-kept">
        <Source
          title={t('teach.items')}
          detail={t('teach.itemCount', { items, photos: count(itemPhotos) })}
        />
        <Source title={t('teach.alikeTitle')} detail={t('teach.answerCount', { count: answers })}>
          <Button ref={pairs} onClick={onPairs}>
            {t('teach.alikeStart')}
          </Button>
        </Source>
        <Source
          title={t('teach.marks')}
          detail={learnsFromMarks ? t('teach.markCount', { count: marks }) : t('teach.marksOff')}
        >
          <label className="teach-marks">
            <input type="checkbox" checked={learnsFromMarks} onChange={() => void turn()} />
            {t('teach.learnFromMarks')}
          </label>
        </Source>
      </ul>
      <p className="teach-labels" data-testid="teach-labels">
        {groups > 0 && `${t('teach.labels', { groups, photos })} `}
        {contradicted > 0 && `${t('teach.contradicted', { count: contradicted })} `}
        {!isEnough(sources) &&
          t('teach.tooFew', {
            groups: count(LEAST_TAUGHT.groups),
            photos: count(LEAST_TAUGHT.photos),
          })}
      </p>
      <Button ref={history} look="quiet" className="teach-history" onClick={onHistory}>
        <LogIcon /> {t('teach.history')}
      </Button>
    </section>
  );
}

interface SourceProps {
  title: string;
  detail: string;
  children?: ReactNode;
}

function Source({ title, detail, children }: SourceProps) {
  return (
    <li className="index-box" data-testid="teaching-source">
      <div className="teach-kept-text">
        <p className="teach-kept-title">{title}</p>
        <p className="muted">{detail}</p>
      </div>
      {children}
    </li>
  );
}
