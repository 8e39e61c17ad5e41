import { useCallback, useState } from 'react';
import type { PersonView } from '../../../../protocol/index.ts';
import { PanelShell } from '../../../panels/panel.tsx';
import { personName } from '../../../pure/people/face-text.ts';
import { nameMatches } from '../../../pure/people/search-names.ts';
import { useFacesLoad } from '../../../state/hooks/faces/use-faces-load.ts';
import { useUi } from '../../../state/ui.ts';
import { errorText } from '../../../text/errorText.ts';
import { t } from '../../../text/t.ts';
import { Button } from '../../button.tsx';
import { PersonFigure } from '../person-chip.tsx';
import './person-picker.css';

/** Shown initially and per "Show more". */
const SHOWN = 60;

interface PersonPickerProps {
  title: string;
  /** Keys of people to exclude. */
  without: readonly string[];
  onClose: () => void;
  onPick: (person: PersonView) => void;
}

/** Picks a person or unnamed group. */
export function PersonPicker({ title, without, onClose, onPick }: PersonPickerProps) {
  const { akin } = useUi();
  const { value, error } = useFacesLoad(useCallback(() => akin.faces.people(), [akin]));
  const [sought, setSought] = useState('');
  const [shown, setShown] = useState(SHOWN);
  const all = value ? [...value.people, ...value.groups] : [];
  const offered = all.filter(
    (person) => !without.includes(person.key) && nameMatches(personName(person), sought),
  );
  return (
    <PanelShell title={title} onClose={onClose} question={null}>
      <input
        className="field picker-field"
        type="search"
        placeholder={t('people.search')}
        aria-label={t('people.search')}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      {error && <p role="alert">{errorText(error)}</p>}
      {value && offered.length === 0 && (
        <p className="muted">{t(sought.trim() === '' ? 'people.noOneElse' : 'people.noResults')}</p>
      )}
      <ul className="person-chips" aria-label={t('people.title')}>
        {offered.slice(0, shown).map((person) => (
          <li key={person.key}>
            <button
              type="button"
              className="person-chip"
              data-person={person.key}
              onClick={() => onPick(person)}
            >
              <PersonFigure person={person} />
            </button>
          </li>
        ))}
      </ul>
      {offered.length > shown && (
        <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
      )}
    </PanelShell>
  );
}
