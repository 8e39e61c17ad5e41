import { useMemo, useRef, useState } from 'react';
import type {
  FaceKey,
  PeopleCommand,
  PersonPage,
  PersonView,
  SuggestedFace,
} from '../../../protocol/index.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { FaceCrop } from '../../parts/faces/face-crop.tsx';
import { isolated } from '../../parts/faces/text-tags.tsx';
import { CheckIcon, CloseIcon } from '../../parts/icons.tsx';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { likelihood, whom } from '../../pure/people/face-text.ts';
import { useKeepFocus } from '../../state/hooks/use-keep-focus.ts';
import { useMarked, useMarks } from '../../state/hooks/use-marks.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import '../../parts/faces/ranked-people.css';

const SHOWN = 48;
const EVIDENCE = 3;

export interface FacesTabProps {
  page: PersonPage;
  /** Resolves with whether it was applied. */
  apply: (command: PeopleCommand, toast: string) => Promise<boolean>;
  /** Receives a function that clears the selection, while there is one. */
  onMarked: (clear: (() => void) | null) => void;
}

/** Faces that may be the person's, likeliest first, to answer one by one or in bulk. */
export function Suggestions({ page, apply, onMarked }: FacesTabProps) {
  const { person, suggestions } = page;
  const [shown, setShown] = useState(SHOWN);
  const visible = suggestions.slice(0, shown);
  const marks = useMarks(useMemo(() => suggestions.map(({ face }) => face.id), [suggestions]));
  useMarked(marks.chosen.length > 0, marks.clear, onMarked);

  const confirm = (faces: readonly FaceKey[]) =>
    apply(
      { kind: 'confirm', person: person.key, faces },
      t('people.confirmed', { ...whom(person), count: faces.length }),
    );
  const reject = (faces: readonly FaceKey[]) =>
    apply(
      { kind: 'reject', person: person.key, faces },
      t('people.rejected', { ...whom(person), count: faces.length }),
    );
  const all = async (what: (faces: readonly FaceKey[]) => Promise<boolean>) => {
    if (await what(marks.chosen)) marks.clear();
  };

  if (suggestions.length === 0) {
    return <p className="muted person-none">{t('person.noSuggestions')}</p>;
  }
  return (
    <>
      <div className="marks-bar">
        {marks.chosen.length === 0 ? (
          <>
            <p className="muted">
              {t.rich('person.suggestionsHint', { ...whom(person), b: isolated })}
            </p>
            <Button look="quiet" onClick={() => marks.mark(visible.map(({ face }) => face.id))}>
              {t('common.selectAll')}
            </Button>
          </>
        ) : (
          <>
            <p role="status">{t('common.selected', { count: marks.chosen.length })}</p>
            <Button look="primary" onClick={() => void all(confirm)}>
              {t('person.confirm')}
            </Button>
            <Button onClick={() => void all(reject)}>{t('person.notThisPerson')}</Button>
            <IconButton label={t('common.clearSelection')} onClick={marks.clear}>
              <CloseIcon />
            </IconButton>
          </>
        )}
      </div>
      <ul className="suggestions">
        {visible.map((suggestion) => (
          <Suggestion
            key={suggestion.face.id}
            suggestion={suggestion}
            person={person}
            marked={marks.has(suggestion.face.id)}
            onMark={() => marks.toggle(suggestion.face.id)}
            onYes={() => void confirm([suggestion.face.id])}
            onNo={() => void reject([suggestion.face.id])}
          />
        ))}
      </ul>
      {suggestions.length > shown && (
        <div className="people-more">
          <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
        </div>
      )}
    </>
  );
}

interface SuggestionProps {
  suggestion: SuggestedFace;
  person: PersonView;
  marked: boolean;
  onMark: () => void;
  onYes: () => void;
  onNo: () => void;
}

function Suggestion(props: SuggestionProps) {
  const { suggestion, person, marked, onMark, onYes, onNo } = props;
  const { face, probability, evidence } = suggestion;
  const { navigation } = useUi();
  const card = useRef<HTMLLIElement>(null);
  // After a keyboard answer, focus the next suggestion.
  useKeepFocus(card, () => {
    const next = card.current?.nextElementSibling ?? card.current?.previousElementSibling;
    return next?.querySelector<HTMLElement>('.suggestion-yes');
  });
  const route = { view: 'photo', id: face.photoId, face: face.id } as const;
  return (
    <li
      ref={card}
      className="suggestion"
      data-marked={marked || undefined}
      data-testid="suggestion"
    >
      <div className="suggestion-faces">
        <a
          className="suggestion-link"
          href={navigation.url(route)}
          onClick={(event) => {
            if (opensElsewhere(event)) return;
            event.preventDefault();
            navigation.push(route);
          }}
        >
          <FaceCrop face={face.id} size={92} alt={t('person.openSuggested', whom(person))} />
        </a>
        <span className="ranked-like" aria-hidden="true" />
        <span className="suggestion-evidence">
          {evidence.slice(0, EVIDENCE).map((other) => (
            <FaceCrop key={other} face={other} size={44} alt={t('person.faceOf', whom(person))} />
          ))}
        </span>
      </div>
      <label className="suggestion-tick">
        <input type="checkbox" checked={marked} onChange={onMark} />
        <span>{likelihood(probability)}</span>
        <span className="visually-hidden"> {t('person.selectFace')}</span>
      </label>
      <div className="suggestion-answers">
        <Button
          className="suggestion-yes"
          aria-label={t('person.yes', whom(person))}
          title={t('person.yes', whom(person))}
          onClick={onYes}
        >
          <CheckIcon /> {t('people.yes')}
        </Button>
        <Button
          aria-label={t('person.not', whom(person))}
          title={t('person.not', whom(person))}
          onClick={onNo}
        >
          <CloseIcon /> {t('people.no')}
        </Button>
      </div>
    </li>
  );
}
