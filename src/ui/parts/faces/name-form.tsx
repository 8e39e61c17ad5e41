import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { PersonView } from '../../../protocol/index.ts';
import { namesake, namesOf, personCounts, whom } from '../../pure/people/face-text.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { LONGEST_NAME, NameField } from './name-field.tsx';
import { Cover } from './person-chip.tsx';
import { isolated } from './text-tags.tsx';
import './name-form.css';
import './person-picker.css';

interface NameFormProps {
  label: string;
  /** The name there is; empty where there is none. */
  name: string;
  /** Everybody there is, to be offered while one types. */
  people: readonly PersonView[];
  /** The key of who is named, where they have one. */
  self: string | null;
  /** Their face, to be compared with that of who has the name already. */
  own: ReactNode;
  /** Somebody goes by this name already, and they are the same person. */
  onSame: (person: PersonView) => void;
  /**
   * Somebody new is called so, or the name is changed.
   *
   * @param another somebody goes by this name already, and is somebody else
   */
  onName: (name: string, another: boolean) => void;
  onCancel?: (() => void) | undefined;
  autoFocus?: boolean;
  /** What is to be known before it is saved, and the id of the element that says so. */
  note?: { readonly id: string; readonly content: ReactNode } | undefined;
}

/** Gives somebody a name; asks whether it is who goes by that name already. */
export function NameForm(props: NameFormProps) {
  const { label, name, people, self, own, onSame, onName, onCancel, autoFocus, note } = props;
  const [typed, setTyped] = useState(name);
  const [same, setSame] = useState<PersonView | null>(null);
  const names = useMemo(() => namesOf(people.filter(({ key }) => key !== self)), [people, self]);
  const wanted = typed.trim();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === name || (wanted === '' && name === '')) {
      onCancel?.();
      return;
    }
    const other = namesake(people, wanted, self);
    if (other) setSame(other);
    else onName(wanted, false);
  };

  return (
    <form
      className="name-form"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || (!onCancel && !same)) return;
        event.preventDefault();
        event.stopPropagation();
        if (same) setSame(null);
        else onCancel?.();
      }}
    >
      <div className="name-line">
        <NameField
          label={label}
          value={typed}
          maxLength={LONGEST_NAME}
          names={names}
          describedBy={note?.id}
          autoFocus={autoFocus}
          onChange={(value) => {
            setTyped(value);
            setSame(null);
          }}
        />
        <Button look="primary" type="submit" disabled={wanted === name}>
          {t(wanted === '' && name !== '' ? 'person.removeName' : 'common.save')}
        </Button>
        {onCancel && (
          <Button look="quiet" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
      {note?.content}
      {same && (
        <div className="name-same" role="status">
          <div className="name-both">
            {own}
            <Cover person={same} size={52} />
            <p>
              {t.rich('person.sameName', {
                ...whom(same),
                counts: personCounts(same),
                b: isolated,
              })}
            </p>
          </div>
          <div className="setting-buttons">
            <Button look="primary" onClick={() => onSame(same)}>
              {t('person.merge')}
            </Button>
            <Button onClick={() => onName(wanted, true)}>{t('person.keepSeparate')}</Button>
          </div>
        </div>
      )}
    </form>
  );
}
