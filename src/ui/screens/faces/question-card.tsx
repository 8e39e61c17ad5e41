import { useState } from 'react';
import type { FaceKey, PairQuestion, PersonView } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { FaceCrop } from '../../parts/faces/face-crop.tsx';
import { isolated } from '../../parts/faces/text-tags.tsx';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { likelihood, personCounts, personName, whom } from '../../pure/people/face-text.ts';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import './question-card.css';

const CROP = 72;
/** The known person, to compare with. */
const SMALL_CROP = 52;
/** Answer shortcuts, the same in every language. */
const KEYS = { same: 'S', different: 'D', skip: 'K' } as const;

const nameOf = ({ a, b }: PairQuestion) => `${a.key}\n${b.key}`;

/** Asks who a face is, or whether two are the same person, one pair at a time. */
export function QuestionCard({ questions }: { questions: readonly PairQuestion[] }) {
  const { people } = useUi();
  /** Answered or skipped since the screen was opened. */
  const [past, setPast] = useState<ReadonlySet<string>>(new Set());
  const question = questions.find((each) => !past.has(nameOf(each)));

  const pass = (each: PairQuestion) => setPast((old) => new Set(old).add(nameOf(each)));
  const answer = async (each: PairQuestion, same: boolean) => {
    pass(each);
    const done = await people.apply(
      { kind: 'answer', a: each.a.key, b: each.b.key, same, faces: each.faces },
      t(same ? 'people.markedSame' : 'people.markedDifferent'),
    );
    if (done) return;
    setPast((old) => new Set([...old].filter((name) => name !== nameOf(each))));
  };

  useKeys((key) => {
    if (!question) return false;
    if (key === 's') void answer(question, true);
    else if (key === 'd') void answer(question, false);
    else if (key === 'k') pass(question);
    else return false;
    return true;
  });

  if (!question) {
    if (past.size === 0) return null;
    return (
      <section className="question question-none" aria-label={t('people.questionTitle')}>
        <p className="muted" role="status">
          {t('people.noQuestions')}
        </p>
      </section>
    );
  }
  const { a, b, faces } = question;
  /** Otherwise both have a name, or neither. */
  const aboutOne = a.name !== '' && b.name === '';
  return (
    <section className="question" aria-labelledby="question-title" data-testid="question">
      <div className="question-pair">
        <Face person={b} face={faces[1]} size={CROP} />
        <Face person={a} face={faces[0]} size={aboutOne ? SMALL_CROP : CROP} />
      </div>
      <div className="question-words">
        <h2 id="question-title">{titleOf(question)}</h2>
        <p className="muted">
          {t('people.questionLikelihood', { likelihood: likelihood(question.probability) })}
        </p>
      </div>
      <div className="question-buttons">
        <Button aria-keyshortcuts={KEYS.same} onClick={() => void answer(question, true)}>
          {t(aboutOne ? 'people.yes' : 'people.same')}{' '}
          <span className="question-key">{KEYS.same}</span>
        </Button>
        <Button aria-keyshortcuts={KEYS.different} onClick={() => void answer(question, false)}>
          {aboutOne ? (
            <span className="one-line question-whom" title={personName(a)}>
              {t.rich('faces.itIsNot', { name: personName(a), b: isolated })}
            </span>
          ) : (
            t('people.different')
          )}{' '}
          <span className="question-key">{KEYS.different}</span>
        </Button>
        <Button look="quiet" aria-keyshortcuts={KEYS.skip} onClick={() => pass(question)}>
          {t('people.skip')} <span className="question-key">{KEYS.skip}</span>
        </Button>
      </div>
    </section>
  );
}

function titleOf({ a, b }: PairQuestion): string {
  if (a.name !== '' && b.name !== '') {
    return t('people.questionBoth', { a: personName(a), b: personName(b) });
  }
  if (a.name === '') return t('people.questionTitle');
  return t('people.questionNamed', { name: personName(a) });
}

interface FaceProps {
  person: PersonView;
  face: FaceKey;
  size: number;
}

/** One of the two faces, linked to its person, with the name if there is one. */
function Face({ person, face, size }: FaceProps) {
  const { navigation } = useUi();
  const route = { view: 'person', key: person.key } as const;
  return (
    <a
      className="question-face"
      href={navigation.url(route)}
      title={personName(person)}
      onClick={(event) => {
        if (opensElsewhere(event)) return;
        event.preventDefault();
        navigation.push(route);
      }}
    >
      <FaceCrop
        face={face}
        size={size}
        alt={`${t('person.faceOf', whom(person))}, ${personCounts(person)}`}
      />
      {person.name !== '' && (
        <bdi className="question-name one-line" aria-hidden="true">
          {personName(person)}
        </bdi>
      )}
    </a>
  );
}
