import type { MouseEvent, ReactNode } from 'react';
import type { PersonView } from '../../../protocol/index.ts';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { personCounts, personName } from '../../pure/people/face-text.ts';
import { useUi } from '../../state/ui.ts';
import { PeopleIcon } from '../icons.tsx';
import { FaceCrop } from './face-crop.tsx';

const COVER = 84;

/** Cover of a person, round. */
export function Cover({ person, size }: { person: PersonView; size: number }) {
  if (person.cover !== null) return <FaceCrop face={person.cover} size={size} round />;
  return (
    <span className="crop crop-nobody" data-round="" style={{ width: size, height: size }}>
      <PeopleIcon />
    </span>
  );
}

interface PersonWordsProps {
  person: PersonView;
  /** Shown instead of the photo count. */
  note?: ReactNode;
}

/** A person's face, name and photo count. */
export function PersonFigure({ person, note }: PersonWordsProps) {
  return (
    <>
      <Cover person={person} size={COVER} />
      <span className="person-chip-words">
        <bdi className="person-chip-name one-line" data-unnamed={person.name === '' || undefined}>
          {personName(person)}
        </bdi>{' '}
        <span className="person-chip-count">{note ?? personCounts(person)}</span>
      </span>
    </>
  );
}

/** A person, linked to their page. */
export function PersonChip({ person, note }: PersonWordsProps) {
  const { navigation } = useUi();
  const route = { view: 'person', key: person.key } as const;
  const onClick = (event: MouseEvent) => {
    // With a modifier key, let the browser open a new tab or window, as for any link.
    if (opensElsewhere(event)) return;
    event.preventDefault();
    navigation.push(route);
  };
  return (
    <a
      className="person-chip"
      href={navigation.url(route)}
      draggable={false}
      data-testid="person-chip"
      data-person={person.key}
      title={personName(person)}
      onClick={onClick}
    >
      <PersonFigure person={person} note={note} />
    </a>
  );
}
