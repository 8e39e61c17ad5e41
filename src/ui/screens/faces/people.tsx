import { Fragment, type ReactNode, useCallback, useRef, useState } from 'react';
import type { GallerySnapshot } from '../../../engine/index.ts';
import type { PeopleView, PersonView } from '../../../protocol/index.ts';
import { FacesWork } from '../../panels/faces/faces-work.tsx';
import { Button, IconButton } from '../../parts/button.tsx';
import { PersonChip } from '../../parts/faces/person-chip.tsx';
import { IdentifyIcon, LogIcon, SearchIcon } from '../../parts/icons.tsx';
import { Bar } from '../../parts/shell/top-bar.tsx';
import { useFacesLoad } from '../../state/hooks/faces/use-faces-load.ts';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { useFocusHome } from '../../state/hooks/use-focus-home.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { AskPicture } from './ask-picture.tsx';
import { NoPeople } from './no-people.tsx';
import { QuestionCard } from './question-card.tsx';
import { Unmatched } from './unmatched.tsx';
import { UnnamedPerson } from './unnamed-person.tsx';
import '../../panels/settings.css';
import '../../panels/indexing/indexing.css';
import { errorText } from '../../text/errorText.ts';
import './people.css';

/** Questions per fetch; asked one at a time. */
const QUESTIONS = 12;
const GROUPS_SHOWN = 60;

/** All people: named, unnamed, and questions about them. */
export default function People({ gallery }: { gallery: GallerySnapshot }) {
  const { akin, faces, navigation, openPanel } = useUi();
  const { report } = useObservable(faces.state);
  const work = useObservable(akin.faces.work);
  const [asking, setAsking] = useState(false);
  const loaded = useFacesLoad(
    useCallback(async () => {
      // Load both together, so that nothing shifts when the second arrives.
      const [everybody, questions] = await Promise.all([
        akin.faces.people(),
        akin.faces.questions(QUESTIONS),
      ]);
      return { everybody, questions };
    }, [akin]),
  );
  const { value, error } = loaded;
  const title = useRef<HTMLHeadingElement>(null);
  useFocusHome(title, value);

  useKeys((key) => {
    if (key !== 'Escape') return false;
    navigation.home();
    return true;
  });

  const on = report?.on === true;
  const nobody =
    value !== null && value.everybody.people.length === 0 && value.everybody.groups.length === 0;
  const known = report !== null && (on ? value !== null : true);
  const empty = known && (nobody || (!on && value === null) || gallery.length === 0);
  return (
    <>
      <Bar>
        <h1 ref={title} tabIndex={-1} className="bar-name one-line">
          {t('people.title')}
          {value && !nobody && <small>{countsOf(value.everybody)}</small>}
        </h1>
        {on && (
          <div className="bar-end">
            <Button look="quiet" className="button-bar" onClick={() => setAsking(true)}>
              <IdentifyIcon /> <span>{t('faces.identify')}</span>
            </Button>
            <IconButton
              label={t('people.searchByPeople')}
              onClick={() => navigation.push({ view: 'together', search: {} })}
            >
              <SearchIcon />
            </IconButton>
            <IconButton label={t('people.history')} onClick={() => openPanel('people-log')}>
              <LogIcon />
            </IconButton>
          </div>
        )}
      </Bar>
      {empty && report ? (
        <NoPeople report={report} work={work} photos={gallery.length} />
      ) : (
        <main className="screen people" aria-busy={value === null}>
          {error && (
            <p role="alert">
              {errorText(error)}{' '}
              <button type="button" className="link-button" onClick={loaded.reload}>
                {t('common.tryAgain')}
              </button>
            </p>
          )}
          {value && (
            <>
              {/* Running work is shown in the bar below; here it would shift the page. */}
              {work.state === 'stopped' && <FacesWork work={work} />}
              <Everybody
                everybody={value.everybody}
                question={<QuestionCard questions={value.questions} />}
              />
            </>
          )}
        </main>
      )}
      {asking && <AskPicture onClose={() => setAsking(false)} />}
    </>
  );
}

/**
 * Sorts everybody into named, unnamed and hidden. Confirmed or merged people may still be unnamed.
 */
function sorted({ people, groups }: PeopleView) {
  const shown = people.filter(({ hidden }) => !hidden);
  return {
    named: shown.filter(({ name }) => name !== ''),
    unnamed: [...shown.filter(({ name }) => name === ''), ...groups],
    hidden: people.filter(({ hidden }) => hidden),
  };
}

function countsOf(everybody: PeopleView): string {
  const { named, unnamed } = sorted(everybody);
  if (unnamed.length === 0) return t('common.people', { count: named.length });
  if (named.length === 0) return t('people.countsUnnamed', { count: unnamed.length });
  return t('people.countsBoth', { named: named.length, unnamed: unnamed.length });
}

interface EverybodyProps {
  everybody: PeopleView;
  /** Placed below the first people, who are what the screen is for. */
  question: ReactNode;
}

function Everybody({ everybody, question }: EverybodyProps) {
  const { named, unnamed, hidden } = sorted(everybody);
  const [withHidden, setWithHidden] = useState(false);
  const [groupsShown, setGroupsShown] = useState(GROUPS_SHOWN);
  // Same key in either place, so that it remembers skipped questions.
  const asked = <Fragment key="question">{question}</Fragment>;
  return (
    <>
      <section aria-labelledby="named-title">
        <div className="people-head">
          <h2 id="named-title">{t('people.namedTitle')}</h2>
          {hidden.length > 0 && (
            <button
              type="button"
              className="link-button"
              aria-expanded={withHidden}
              onClick={() => setWithHidden(!withHidden)}
            >
              {withHidden
                ? t('people.hideHidden')
                : t('people.showHidden', { count: hidden.length })}
            </button>
          )}
        </div>
        {named.length === 0 ? (
          <p className="muted">{t('people.noneNamed')}</p>
        ) : (
          <Chips people={named} />
        )}
        {withHidden && hidden.length > 0 && (
          <>
            <h3 className="people-sub">{t('people.hiddenTitle')}</h3>
            <Chips people={hidden} />
          </>
        )}
      </section>
      {named.length > 0 && asked}
      {unnamed.length > 0 && (
        <section aria-labelledby="groups-title">
          <div className="people-head">
            <h2 id="groups-title">{t('people.unnamedTitle')}</h2>
          </div>
          <ul className="person-chips">
            {unnamed.slice(0, groupsShown).map((person) => (
              <li key={person.key}>
                <UnnamedPerson person={person} named={named} />
              </li>
            ))}
          </ul>
          {unnamed.length > groupsShown && (
            <div className="people-more">
              <Button onClick={() => setGroupsShown((n) => n + GROUPS_SHOWN)}>
                {t('common.showMore')}
              </Button>
            </div>
          )}
        </section>
      )}
      {named.length === 0 && asked}
      <Unmatched everybody={everybody} />
    </>
  );
}

function Chips({ people }: { people: readonly PersonView[] }) {
  return (
    <ul className="person-chips">
      {people.map((person) => (
        <li key={person.key}>
          <PersonChip person={person} />
        </li>
      ))}
    </ul>
  );
}
