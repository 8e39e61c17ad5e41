import type { PersonView } from '../../../protocol/index.ts';
import { personName } from '../../pure/people/face-text.ts';
import { useUi } from '../../state/ui.ts';

/** A person's name, linked to their page. */
export function PersonLink({ person }: { person: PersonView }) {
  const { navigation } = useUi();
  const route = { view: 'person', key: person.key } as const;
  return (
    <a
      className="person-link one-line"
      href={navigation.url(route)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        navigation.push(route);
      }}
    >
      <bdi>{personName(person)}</bdi>
    </a>
  );
}
