import { type FormEvent, type MouseEvent, useRef, useState } from 'react';
import type { PersonView } from '../../../protocol/index.ts';
import { MergeQuestion } from '../../parts/faces/naming/merge-question.tsx';
import { LONGEST_NAME, NameField } from '../../parts/faces/naming/name-field.tsx';
import { Cover } from '../../parts/faces/person-chip.tsx';
import { CheckIcon } from '../../parts/icons.tsx';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { namesake, namesOf, personCounts, personName, whom } from '../../pure/people/face-text.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import './unnamed-person.css';

const COVER = 84;

interface UnnamedPersonProps {
  person: PersonView;
  /** Named people, for suggestions. */
  named: readonly PersonView[];
}

/** An unnamed person: a link to their page, and a name form in place of the "Add name" button. */
export function UnnamedPerson({ person, named }: UnnamedPersonProps) {
  const { navigation } = useUi();
  const [naming, setNaming] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const route = { view: 'person', key: person.key } as const;
  const onClick = (event: MouseEvent) => {
    if (opensElsewhere(event)) return;
    event.preventDefault();
    navigation.push(route);
  };
  return (
    <div className="person-chip unnamed">
      <a
        className="unnamed-face"
        href={navigation.url(route)}
        draggable={false}
        data-testid="person-chip"
        data-person={person.key}
        aria-label={`${personName(person)}, ${personCounts(person)}`}
        onClick={onClick}
      >
        <Cover person={person} size={COVER} />
      </a>
      <div className="person-chip-words">
        {naming ? (
          <Naming
            person={person}
            named={named}
            onClose={(refocus) => {
              setNaming(false);
              // Once the button is rendered again.
              if (refocus) requestAnimationFrame(() => add.current?.focus());
            }}
          />
        ) : (
          <button
            ref={add}
            type="button"
            className="link-button unnamed-add"
            onClick={() => setNaming(true)}
          >
            {t('person.addName')}
          </button>
        )}
        <span className="person-chip-count">{personCounts(person)}</span>
      </div>
    </div>
  );
}

interface NamingProps extends UnnamedPersonProps {
  onClose: (refocus: boolean) => void;
}

function Naming({ person, named, onClose }: NamingProps) {
  const { people } = useUi();
  const [typed, setTyped] = useState('');
  const [same, setSame] = useState<PersonView | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const wanted = typed.trim();

  const name = () => {
    setSame(null);
    return people.apply(
      { kind: 'name', person: person.key, name: wanted },
      t('people.nameSaved', { name: wanted }),
    );
  };
  const merge = (into: PersonView) => {
    setSame(null);
    return people.apply(
      { kind: 'merge', into: into.key, from: person.key },
      t('people.merged', whom(into)),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === '') return onClose(true);
    const other = namesake(named, wanted, person.key);
    if (other) setSame(other);
    else void name();
  };

  return (
    <>
      <form
        ref={form}
        className="unnamed-form"
        onSubmit={submit}
        onBlur={(event) => {
          if (wanted === '' && !form.current?.contains(event.relatedTarget)) onClose(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onClose(true);
        }}
      >
        <NameField
          label={t('person.addName')}
          placeholder={t('person.name')}
          value={typed}
          maxLength={LONGEST_NAME}
          names={namesOf(named)}
          autoFocus
          onChange={setTyped}
        />
        {wanted !== '' && (
          <button type="submit" className="unnamed-save" aria-label={t('common.save')}>
            <CheckIcon />
          </button>
        )}
      </form>
      {same && (
        <MergeQuestion
          order={{ into: same, from: person }}
          onMerge={() => void merge(same)}
          onSeparate={() => void name()}
          onCancel={() => setSame(null)}
        />
      )}
    </>
  );
}
