import { Tabs } from '@base-ui/react/tabs';
import { type RefObject, useCallback, useMemo, useRef } from 'react';
import type { GallerySnapshot } from '../../../engine/index.ts';
import type { PeopleCommand, PersonPage } from '../../../protocol/index.ts';
import { PersonChip } from '../../parts/faces/person-chip.tsx';
import { PhotoGrid } from '../../parts/grid/photo-grid.tsx';
import { count } from '../../pure/format.ts';
import { datedPhotos } from '../../pure/gallery/dated-photos.ts';
import { targetHeight } from '../../pure/gallery/justify.ts';
import { listedOrder } from '../../pure/gallery/photo-order.ts';
import { personName, whom } from '../../pure/people/face-text.ts';
import { PERSON_PARTS, type PersonPart } from '../../pure/route.ts';
import { gridMemoryOf } from '../../state/grid-memory.ts';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { useMarked } from '../../state/hooks/use-marks.ts';
import { useWidth } from '../../state/hooks/use-width.ts';
import { startRun } from '../../state/photo-run.ts';
import { useSelection } from '../../state/selection.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { PersonBar } from './person-bar.tsx';
import { PersonFaces } from './person-faces.tsx';
import { SelectedBar } from './selected-bar.tsx';
import { Suggestions } from './suggestions.tsx';
import { usePerson } from './use-person.ts';
import './people.css';
import { errorText } from '../../text/errorText.ts';
import './person.css';

const TABS = {
  photos: 'person.photos',
  suggestions: 'person.suggestions',
  faces: 'person.faces',
  'seen-with': 'person.seenWith',
} as const satisfies Record<PersonPart, string>;

interface PersonProps {
  id: string;
  part: PersonPart;
  gallery: GallerySnapshot;
}

/** A person: photos, suggestions, faces, and people they appear with. */
export default function Person({ id, part, gallery }: PersonProps) {
  const { navigation } = useUi();
  const { page: value, error, carry } = usePerson(id);
  // Escape clears the selection first.
  const clear = useRef<(() => void) | null>(null);
  useKeys((key) => {
    if (key !== 'Escape') return false;
    if (clear.current) clear.current();
    else navigation.back();
    return true;
  });

  if (!value) {
    return (
      <>
        <PersonBar page={null} carry={carry} />
        <main className="screen waiting" aria-busy={!error}>
          {error && error.code !== 'not-found' && <p role="alert">{errorText(error)}</p>}
        </main>
      </>
    );
  }
  return <Page page={value} part={part} gallery={gallery} carry={carry} clear={clear} />;
}

interface PageProps {
  page: PersonPage;
  part: PersonPart;
  gallery: GallerySnapshot;
  carry: (key: string) => void;
  /** Set to a function that clears the selection, while there is one. */
  clear: RefObject<(() => void) | null>;
}

function Page({ page, part, gallery, carry, clear }: PageProps) {
  const { actions, navigation, people } = useUi();
  const { person } = page;
  const main = useRef<HTMLElement>(null);
  const width = useWidth(main);
  const { ids, aspects, sections } = useMemo(() => {
    const target = targetHeight(width);
    return datedPhotos(gallery, page.photos, (sum) => sum * target >= width);
  }, [gallery, page.photos, width]);
  const order = useMemo(() => listedOrder(ids), [ids]);
  const selection = useSelection(ids, order);
  const onMarked = useCallback(
    (clearMarks: (() => void) | null) => {
      clear.current = clearMarks;
    },
    [clear],
  );
  useMarked(selection.active, selection.clear, onMarked);
  const memory = useMemo(() => gridMemoryOf(`person ${person.key}`), [person.key]);
  const counts: Record<PersonPart, number> = {
    photos: ids.length,
    suggestions: page.suggestions.length,
    faces: page.faces.length,
    'seen-with': page.seenWith.length,
  };

  // A tab that becomes empty while open stays until another is chosen.
  const shownParts = PERSON_PARTS.filter(
    (each) => each === 'photos' || each === part || counts[each] > 0,
  );

  const apply = async (command: PeopleCommand, toast: string) =>
    (await people.apply(command, toast)) !== null;
  const removeFaces = async () => {
    const faces = page.faces.filter(({ photoId }) => selection.ids.has(photoId));
    selection.clear();
    await apply(
      { kind: 'split', person: person.key, faces: faces.map((face) => face.id) },
      t('people.removed', { ...whom(person), count: faces.length }),
    );
  };

  return (
    <>
      {selection.active ? (
        <SelectedBar
          selection={selection}
          onDelete={() => {
            memory.refocus = 'after-change';
            const some = [...selection.ids];
            selection.clear();
            void actions.remove(some);
          }}
        >
          <button type="button" className="button button-quiet" onClick={() => void removeFaces()}>
            {t('person.notThisPerson')}
          </button>
        </SelectedBar>
      ) : (
        <PersonBar page={page} carry={carry} />
      )}
      <main ref={main} className="screen person">
        <Tabs.Root
          className="person-parts"
          value={part}
          onValueChange={(next: PersonPart) => {
            selection.clear();
            navigation.replace({ view: 'person', key: person.key, part: next });
          }}
        >
          <Tabs.List className="person-tabs" aria-label={personName(person)}>
            {shownParts.map((each) => (
              <Tabs.Tab key={each} value={each} className="person-tab">
                {t(TABS[each])}
                {counts[each] > 0 && <span className="person-count"> {count(counts[each])}</span>}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="photos" className="person-panel" tabIndex={-1}>
            {ids.length > 0 ? (
              <PhotoGrid
                ids={ids}
                aspects={aspects}
                order={order}
                sections={sections}
                label={t('person.photos')}
                memory={memory}
                selection={selection}
                hrefOf={(id) => navigation.url({ view: 'photo', id })}
                onOpen={(id) => {
                  startRun(ids);
                  navigation.push({ view: 'photo', id });
                }}
                onDelete={(some) => {
                  selection.clear();
                  void actions.remove(some);
                }}
              />
            ) : (
              <p className="muted person-none">{t('person.noPhotos')}</p>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="suggestions" className="person-panel people" tabIndex={-1}>
            <Suggestions page={page} apply={apply} onMarked={onMarked} />
          </Tabs.Panel>
          <Tabs.Panel value="faces" className="person-panel people" tabIndex={-1}>
            <PersonFaces page={page} apply={apply} onMarked={onMarked} />
          </Tabs.Panel>
          <Tabs.Panel value="seen-with" className="person-panel people" tabIndex={-1}>
            {page.seenWith.length === 0 && (
              <p className="muted person-none">{t('person.noSeenWith')}</p>
            )}
            <ul className="person-chips">
              {page.seenWith.map((other) => (
                <li key={other.person.key}>
                  <PersonChip
                    person={other.person}
                    note={t('person.photosTogether', { count: other.photos })}
                  />
                </li>
              ))}
            </ul>
          </Tabs.Panel>
        </Tabs.Root>
      </main>
    </>
  );
}
