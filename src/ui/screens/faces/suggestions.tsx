import { useMemo, useRef, useState } from 'react';
import type { Deed, FaceNumber, PersonPage, SuggestedFace } from '../../../protocol/index.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { FaceCrop } from '../../parts/faces/face-crop.tsx';
import { CheckIcon, CloseIcon } from '../../parts/icons.tsx';
import { likelihood, personInSentence } from '../../pure/face-words.ts';
import { count, plural } from '../../pure/format.ts';
import { useUi } from '../../state/ui.ts';
import { useKeepFocus } from '../../state/use-keep-focus.ts';
import { useMarked, useMarks } from '../../state/use-marks.ts';

const SHOWN = 48;
const EVIDENCE = 3;

export interface SayProps {
  page: PersonPage;
  /** Resolves with whether it was kept. */
  say: (deed: Deed, words: string) => Promise<boolean>;
  /** Given what clears the selection, while there is one. */
  onMarked: (clear: (() => void) | null) => void;
}

/** Faces that may be the person's, likeliest first: one by one, or several at once. */
export function Suggestions({ page, say, onMarked }: SayProps) {
  const { person, suggestions } = page;
  const [shown, setShown] = useState(SHOWN);
  const visible = suggestions.slice(0, shown);
  const marks = useMarks(useMemo(() => suggestions.map(({ face }) => face.id), [suggestions]));
  useMarked(marks.chosen.length > 0, marks.clear, onMarked);
  const whom = personInSentence(person);

  const confirm = (faces: readonly FaceNumber[]) =>
    say(
      { kind: 'confirm', person: person.key, faces },
      faces.length === 1
        ? `Confirmed as ${whom}`
        : `${plural(faces.length, 'face')} confirmed as ${whom}`,
    );
  const reject = (faces: readonly FaceNumber[]) =>
    say(
      { kind: 'reject', person: person.key, faces },
      faces.length === 1
        ? `Not ${whom}: not suggested again`
        : `${count(faces.length)} faces are not ${whom}`,
    );
  const all = async (what: (faces: readonly FaceNumber[]) => Promise<boolean>) => {
    if (await what(marks.chosen)) marks.clear();
  };

  if (suggestions.length === 0) {
    return (
      <p className="muted person-none">
        No other face looks like <bdi>{whom}</bdi>. As more photos come in, those that may be are
        shown here.
      </p>
    );
  }
  return (
    <>
      <div className="marks-bar">
        {marks.chosen.length === 0 ? (
          <>
            <p className="muted">
              {person.name === '' ? (
                'Are they the same person?'
              ) : (
                <>
                  Is this <bdi>{whom}</bdi>?
                </>
              )}{' '}
              What you say holds for good.
            </p>
            <Button look="quiet" onClick={() => marks.mark(visible.map(({ face }) => face.id))}>
              Select all
            </Button>
          </>
        ) : (
          <>
            <p role="status">{count(marks.chosen.length)} selected</p>
            <Button look="primary" onClick={() => void all(confirm)}>
              Yes, all
            </Button>
            <Button onClick={() => void all(reject)}>No, none</Button>
            <IconButton label="Clear the selection" onClick={marks.clear}>
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
            whom={whom}
            marked={marks.has(suggestion.face.id)}
            onMark={() => marks.toggle(suggestion.face.id)}
            onYes={() => void confirm([suggestion.face.id])}
            onNo={() => void reject([suggestion.face.id])}
          />
        ))}
      </ul>
      {suggestions.length > shown && (
        <div className="people-more">
          <Button onClick={() => setShown((n) => n + SHOWN)}>Show more</Button>
        </div>
      )}
    </>
  );
}

interface SuggestionProps {
  suggestion: SuggestedFace;
  whom: string;
  marked: boolean;
  onMark: () => void;
  onYes: () => void;
  onNo: () => void;
}

function Suggestion(props: SuggestionProps) {
  const { suggestion, whom, marked, onMark, onYes, onNo } = props;
  const { face, probability, evidence } = suggestion;
  const { navigation } = useUi();
  const card = useRef<HTMLLIElement>(null);
  // Answered by the keyboard, it goes on with the next.
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
            if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
            event.preventDefault();
            navigation.push(route);
          }}
        >
          <FaceCrop face={face.id} size={92} alt={`May be ${whom}: open the photo`} />
        </a>
        <span className="ranked-like" aria-hidden="true">
          ~
        </span>
        <span className="suggestion-evidence">
          {evidence.slice(0, EVIDENCE).map((other) => (
            <FaceCrop key={other} face={other} size={44} alt={`A face of ${whom}`} />
          ))}
        </span>
      </div>
      <div className="suggestion-foot">
        <label className="suggestion-tick">
          <input type="checkbox" checked={marked} onChange={onMark} />
          <span>{likelihood(probability)}</span>
          <span className="visually-hidden"> likely {whom}: select</span>
        </label>
        <IconButton className="suggestion-yes" label={`Yes, ${whom}`} onClick={onYes}>
          <CheckIcon />
        </IconButton>
        <IconButton label={`Not ${whom}`} onClick={onNo}>
          <CloseIcon />
        </IconButton>
      </div>
    </li>
  );
}
