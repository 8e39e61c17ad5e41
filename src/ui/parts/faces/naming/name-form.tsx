import { type FormEvent, type ReactNode, useMemo, useState } from 'react';
import type { PersonView } from '../../../../protocol/index.ts';
import { namesake, namesOf, personCounts, whom } from '../../../pure/people/face-text.ts';
import { t } from '../../../text/t.ts';
import { Button } from '../../button.tsx';
import { Cover } from '../person-chip.tsx';
import { isolated } from '../text-tags.tsx';
import { LONGEST_NAME, NameField } from './name-field.tsx';
import './name-form.css';
import './person-picker.css';

interface NameFormProps {
  label: string;
  /** Current name; empty if none. */
  name: string;
  /** Everybody, for suggestions. */
  people: readonly PersonView[];
  /** Key of the person to name, if they have one. */
  self: string | null;
  /** Face of the person to name, to compare with the existing person of that name. */
  own: ReactNode;
  /** The name is taken and the user confirmed that it is the same person. */
  onSame: (person: PersonView) => void;
  /**
   * Assigns a new or changed name.
   *
   * @param another the name is taken, and the user said it is a different person
   */
  onName: (name: string, another: boolean) => void;
  onCancel?: (() => void) | undefined;
  autoFocus?: boolean;
  /** A notice to read before saving, and the id of its element. */
  note?: { readonly id: string; readonly content: ReactNode } | undefined;
}

/** Names a person; asks whether they are the same as the existing person of that name. */
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
