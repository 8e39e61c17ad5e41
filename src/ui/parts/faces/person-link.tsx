import type { ReactNode } from 'react';
import type { PersonView } from '../../../protocol/index.ts';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { personName } from '../../pure/people/face-text.ts';
import { useUi } from '../../state/ui.ts';

interface PersonLinkProps {
  person: PersonView;
  /** Instead of the name. */
  children?: ReactNode;
}

/** A person's name, linked to their page. */
export function PersonLink({ person, children }: PersonLinkProps) {
  const { navigation } = useUi();
  const route = { view: 'person', key: person.key } as const;
  return (
    <a
      className="person-link one-line"
      href={navigation.url(route)}
      title={children === undefined ? personName(person) : undefined}
      onClick={(event) => {
        if (opensElsewhere(event)) return;
        event.preventDefault();
        navigation.push(route);
      }}
    >
      {children ?? <bdi>{personName(person)}</bdi>}
    </a>
  );
}
