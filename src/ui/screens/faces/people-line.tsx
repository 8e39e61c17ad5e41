import type { PersonView } from '../../../protocol/index.ts';
import { Cover } from '../../parts/faces/person-chip.tsx';
import { AddIcon, CloseIcon } from '../../parts/icons.tsx';
import { personName } from '../../pure/people/face-text.ts';
import { t } from '../../text/t.ts';
import '../../parts/faces/line-chip.css';

interface PeopleLineProps {
  label: string;
  keys: readonly string[];
  known: readonly PersonView[];
  onRemove: (key: string) => void;
  onAdd: () => void;
}

/** A list of removable people, with a button to add more. */
export function PeopleLine({ label, keys, known, onRemove, onAdd }: PeopleLineProps) {
  return (
    <fieldset className="people-line">
      <legend>{label}</legend>
      {keys.map((key) => {
        const person = known.find((each) => each.key === key);
        const name = person ? personName(person) : t('people.unknown');
        return (
          <button
            key={key}
            type="button"
            className="line-chip"
            aria-label={t('people.remove', { name })}
            onClick={() => onRemove(key)}
          >
            {person && <Cover person={person} size={26} />}
            <bdi className="one-line">{name}</bdi>
            <CloseIcon />
          </button>
        );
      })}
      <button
        type="button"
        className="line-chip line-add"
        aria-label={t('people.addTo', { line: label })}
        onClick={onAdd}
      >
        <AddIcon /> {t('people.add')}
      </button>
    </fieldset>
  );
}
