import { useCallback, useRef, useState } from 'react';
import type { Deed, PersonPage, PersonView } from '../../../protocol/index.ts';
import { IconButton } from '../../parts/button.tsx';
import { NameForm } from '../../parts/faces/name-form.tsx';
import { Cover } from '../../parts/faces/person-chip.tsx';
import { PersonPicker } from '../../parts/faces/person-picker.tsx';
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
import { Bar } from '../../parts/top-bar.tsx';
import { mergedWords, personCounts, personName } from '../../pure/face-words.ts';
import { useUi } from '../../state/ui.ts';
import { useFacesLoad } from '../../state/use-faces-load.ts';
import { useFocusHome } from '../../state/use-focus-home.ts';

const NOBODY: readonly PersonView[] = [];

interface PersonBarProps {
  page: PersonPage | null;
  /** Told before the address changes that who has this key then is the same person. */
  carry: (key: string) => void;
}

/** Who it is, with what can be said of all of them: their name, that two are one, to be hidden. */
export function PersonBar({ page, carry }: PersonBarProps) {
  const { akin, navigation, people } = useUi();
  const everybody = useFacesLoad(useCallback(() => akin.faces.people(), [akin]));
  const [renaming, setRenaming] = useState(false);
  const [merging, setMerging] = useState(false);
  const person = page?.person ?? null;
  const title = useRef<HTMLHeadingElement>(null);
  useFocusHome(title, page);

  const say = async (deed: Deed, words: string) => {
    const done = await people.say(deed, words);
    const route = navigation.route.get();
    if (done?.person && route.view === 'person' && route.key === person?.key) {
      carry(done.person);
      navigation.replace({ ...route, key: done.person });
    }
    return done !== null;
  };
  const merge = async (self: PersonView, other: PersonView) => {
    setMerging(false);
    setRenaming(false);
    await say({ kind: 'merge', into: other.key, from: self.key }, mergedWords(other));
  };
  const name = async (self: PersonView, typed: string) => {
    const words = typed === '' ? `${personName(self)} has no name now` : `Named ${typed}`;
    if (await say({ kind: 'name', person: self.key, name: typed }, words)) setRenaming(false);
  };

  return (
    <>
      <Bar>
        <IconButton label="Back" onClick={() => navigation.back()}>
          <BackIcon />
        </IconButton>
        {person && (
          <>
            <Cover person={person} size={40} />
            <h1 ref={title} tabIndex={-1} className="bar-name one-line" data-testid="person-name">
              <bdi>{personName(person)}</bdi>
              <small>
                {personCounts(person)}
                {person.hidden && ', hidden'}
              </small>
            </h1>
            <div className="bar-end">
              {person.name !== '' && (
                <IconButton
                  label="Rename"
                  aria-expanded={renaming}
                  onClick={() => setRenaming(!renaming)}
                >
                  <PencilIcon />
                </IconButton>
              )}
              <ActionMenu
                trigger={
                  <button type="button" className="icon-button" aria-label="More">
                    <MoreIcon />
                  </button>
                }
                entries={[
                  { label: 'Merge into…', icon: <MergeIcon />, run: () => setMerging(true) },
                  {
                    label: 'Photos with others…',
                    icon: <SearchIcon />,
                    run: () => navigation.push({ view: 'together', search: { all: [person.key] } }),
                  },
                  {
                    label: person.hidden ? 'Show among people' : 'Hide',
                    icon: person.hidden ? <EyeIcon /> : <HideIcon />,
                    run: () =>
                      void say(
                        { kind: 'hide', person: person.key, hidden: !person.hidden },
                        person.hidden
                          ? `${personName(person)} is shown again`
                          : `${personName(person)} is hidden`,
                      ),
                  },
                ]}
              />
            </div>
          </>
        )}
      </Bar>
      {person && (renaming || person.name === '') && (
        <section className="person-naming" aria-label="Naming">
          <NameForm
            key={`${person.key} ${person.name}`}
            label={person.name === '' ? 'Who is this?' : 'Name'}
            name={person.name}
            people={everybody.value?.people ?? NOBODY}
            self={person.key}
            autoFocus={renaming}
            onSame={(other) => void merge(person, other)}
            onName={(typed) => void name(person, typed)}
            onCancel={renaming ? () => setRenaming(false) : undefined}
          />
        </section>
      )}
      {person && merging && (
        <PersonPicker
          title={`Merge ${personName(person)} into…`}
          without={[person.key]}
          onClose={() => setMerging(false)}
          onPick={(other) => void merge(person, other)}
        />
      )}
    </>
  );
}
