import type { MouseEvent, ReactNode } from 'react';
import type { PersonView } from '../../../protocol/index.ts';
import { personCounts, personName } from '../../pure/people/face-text.ts';
import { useUi } from '../../state/ui.ts';
import { PeopleIcon } from '../icons.tsx';
import { FaceCrop } from './face-crop.tsx';

const COVER = 84;

/** The face that stands for somebody, round. */
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
  /** In the place of how many photos there are. */
  note?: ReactNode;
}

/** Somebody's face, name and how many photos there are of them. */
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

/** Somebody, as a link to their page. */
export function PersonChip({ person, note }: PersonWordsProps) {
  const { navigation } = useUi();
  const route = { view: 'person', key: person.key } as const;
  const onClick = (event: MouseEvent) => {
    // With a key held the browser opens a new tab or window, as for any link.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
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
