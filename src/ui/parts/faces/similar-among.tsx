import { useState } from 'react';
import { personName } from '../../pure/people/face-text.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { similarAmong } from '../../state/similar-among.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { CloseIcon, PeopleIcon } from '../icons.tsx';
import { PersonPicker } from './naming/person-picker.tsx';
import { Cover } from './person-chip.tsx';
import './line-chip.css';

/** Limits similar photos to those showing certain people. */
export default function SimilarAmong() {
  const among = useObservable(similarAmong);
  const [adding, setAdding] = useState(false);
  return (
    <>
      <IconButton
        className="odds-button"
        label={t('people.filter')}
        onClick={() => setAdding(true)}
      >
        <PeopleIcon />
      </IconButton>
      {among.map((person) => (
        <button
          key={person.key}
          type="button"
          className="line-chip"
          aria-label={t('people.removeFilter', { name: personName(person) })}
          onClick={() => similarAmong.set(among.filter(({ key }) => key !== person.key))}
        >
          <Cover person={person} size={26} />
          <bdi className="one-line">{personName(person)}</bdi>
          <CloseIcon />
        </button>
      ))}
      {adding && (
        <PersonPicker
          title={t('people.filterTitle')}
          without={among.map(({ key }) => key)}
          onClose={() => setAdding(false)}
          onPick={(person) => {
            setAdding(false);
            similarAmong.set([...among, person]);
          }}
        />
      )}
    </>
  );
}
