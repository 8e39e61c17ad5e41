import { useCallback, useRef, useState } from 'react';
import type { PeopleCommand, PersonPage, PersonView } from '../../../protocol/index.ts';
import { IconButton } from '../../parts/button.tsx';
import { MergeQuestion } from '../../parts/faces/naming/merge-question.tsx';
import { NameForm } from '../../parts/faces/naming/name-form.tsx';
import { PersonPicker } from '../../parts/faces/naming/person-picker.tsx';
import { Cover } from '../../parts/faces/person-chip.tsx';
import {
  BackIcon,
  EyeIcon,
  HideIcon,
  MergeIcon,
  MoreIcon,
  PencilIcon,
  SearchIcon,
} from '../../parts/icons.tsx';
import { ActionMenu } from '../../parts/menu.tsx';
import { Bar } from '../../parts/shell/top-bar.tsx';
import { personCounts, personName, whom } from '../../pure/people/face-text.ts';
import { type MergeOrder, mergeOrder } from '../../pure/people/merge-order.ts';
import { useFacesLoad } from '../../state/hooks/faces/use-faces-load.ts';
import { useFocusHome } from '../../state/hooks/use-focus-home.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';

const NOBODY: readonly PersonView[] = [];

interface PersonBarProps {
  page: PersonPage | null;
  /** Call before the URL changes: the person keeps their identity under the new key. */
  carry: (key: string) => void;
}

/** A person's name and actions: rename, merge, hide. */
export function PersonBar({ page, carry }: PersonBarProps) {
  const { akin, navigation, people } = useUi();
  const everybody = useFacesLoad(useCallback(() => akin.faces.people(), [akin]));
  const [renaming, setRenaming] = useState(false);
  const [merging, setMerging] = useState(false);
  const [asked, setAsked] = useState<MergeOrder | null>(null);
  const person = page?.person ?? null;
  const title = useRef<HTMLHeadingElement>(null);
  useFocusHome(title, page);

  const apply = async (command: PeopleCommand, toast: string) => {
    const done = await people.apply(command, toast);
    const route = navigation.route.get();
    if (done?.person && route.view === 'person' && route.key === person?.key) {
      carry(done.person);
      navigation.replace({ ...route, key: done.person });
    }
    return done !== null;
  };
  const merge = async ({ into, from }: MergeOrder) => {
    setAsked(null);
    setRenaming(false);
    await apply({ kind: 'merge', into: into.key, from: from.key }, t('people.merged', whom(into)));
  };
  const name = async (self: PersonView, typed: string) => {
    const toast = typed === '' ? t('people.nameRemoved') : t('people.nameSaved', { name: typed });
    if (await apply({ kind: 'name', person: self.key, name: typed }, toast)) setRenaming(false);
  };

  return (
    <>
      <Bar>
        <IconButton label={t('common.back')} onClick={() => navigation.back()}>
          <BackIcon />
        </IconButton>
        {person && (
          <>
            <Cover person={person} size={40} />
            <h1
              ref={title}
              tabIndex={-1}
              className="bar-name one-line"
              title={personName(person)}
              data-testid="person-name"
            >
              <bdi>{personName(person)}</bdi>
              <small>
                {person.hidden
                  ? t('person.countsHidden', { counts: personCounts(person) })
                  : personCounts(person)}
              </small>
            </h1>
            <div className="bar-end">
              {person.name !== '' && (
                <IconButton
                  label={t('person.rename')}
                  aria-expanded={renaming}
                  onClick={() => setRenaming(!renaming)}
                >
                  <PencilIcon />
                </IconButton>
              )}
              <ActionMenu
                trigger={
                  <button type="button" className="icon-button" aria-label={t('person.more')}>
                    <MoreIcon />
                  </button>
                }
                entries={[
                  {
                    label: t('person.mergeWith'),
                    icon: <MergeIcon />,
                    run: () => setMerging(true),
                  },
                  {
                    label: t('person.photosWithOthers'),
                    icon: <SearchIcon />,
                    run: () => navigation.push({ view: 'together', search: { all: [person.key] } }),
                  },
                  {
                    label: t(person.hidden ? 'person.show' : 'person.hide'),
                    icon: person.hidden ? <EyeIcon /> : <HideIcon />,
                    run: () =>
                      void apply(
                        { kind: 'hide', person: person.key, hidden: !person.hidden },
                        t(person.hidden ? 'people.shown' : 'people.hidden', whom(person)),
                      ),
                  },
                ]}
              />
            </div>
          </>
        )}
      </Bar>
      {person && (renaming || person.name === '') && (
        <section className="person-naming" aria-label={t('person.naming')}>
          <NameForm
            key={`${person.key} ${person.name}`}
            label={t(person.name === '' ? 'person.addName' : 'person.name')}
            name={person.name}
            people={everybody.value?.people ?? NOBODY}
            self={person.key}
            autoFocus={renaming}
            own={<Cover person={person} size={52} />}
            onSame={(other) => void merge({ into: other, from: person })}
            onName={(typed) => void name(person, typed)}
            onCancel={renaming ? () => setRenaming(false) : undefined}
          />
        </section>
      )}
      {person && merging && (
        <PersonPicker
          title={t('person.mergeTitle', whom(person))}
          without={[person.key]}
          onClose={() => setMerging(false)}
          onPick={(other) => {
            setMerging(false);
            setAsked(mergeOrder(person, other));
          }}
        />
      )}
      {asked && (
        <MergeQuestion
          order={asked}
          onMerge={() => void merge(asked)}
          onCancel={() => setAsked(null)}
        />
      )}
    </>
  );
}
