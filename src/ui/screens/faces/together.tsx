import { useCallback, useMemo, useState } from 'react';
import type { GallerySnapshot } from '../../../engine/index.ts';
import type { PeopleSearch, PersonView, PhotoId } from '../../../protocol/index.ts';
import { IconButton } from '../../parts/button.tsx';
import { PersonPicker } from '../../parts/faces/naming/person-picker.tsx';
import { PhotoGrid } from '../../parts/grid/photo-grid.tsx';
import { BackIcon } from '../../parts/icons.tsx';
import { Bar } from '../../parts/shell/top-bar.tsx';
import { columnsOf } from '../../pure/gallery/ids.ts';
import { gridMemoryOf } from '../../state/grid-memory.ts';
import { useFacesLoad } from '../../state/hooks/faces/use-faces-load.ts';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { startRun } from '../../state/photo-run.ts';
import { useSelection } from '../../state/selection.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { PeopleLine } from './people-line.tsx';
import { SelectedBar } from './selected-bar.tsx';
import '../waiting.css';
import { errorText } from '../../text/errorText.ts';
import './together.css';

type Line = 'all' | 'any' | 'none';

const LINES = [
  { line: 'all', label: 'people.withAll' },
  { line: 'any', label: 'people.withAny' },
  { line: 'none', label: 'people.without' },
] as const satisfies readonly { line: Line; label: string }[];
const PICKER_TITLES = {
  all: 'people.pickAll',
  any: 'people.pickAny',
  none: 'people.pickNone',
} as const satisfies Record<Line, string>;
const NOBODY: readonly PersonView[] = [];
const NO_PHOTOS: readonly PhotoId[] = [];

interface TogetherProps {
  search: PeopleSearch;
  gallery: GallerySnapshot;
}

/** Photos by the people in them: all of these, any of these, none of those. */
export default function Together({ search, gallery }: TogetherProps) {
  const { akin, actions, navigation } = useUi();
  const [adding, setAdding] = useState<Line | null>(null);
  const keys = { all: search.all ?? [], any: search.any ?? [], none: search.none ?? [] };
  const sought = JSON.stringify(keys);
  const any = keys.all.length + keys.any.length + keys.none.length > 0;

  const everybody = useFacesLoad(useCallback(() => akin.faces.people(), [akin]));
  const found = useFacesLoad(
    useCallback(
      async () => (any ? akin.faces.search(JSON.parse(sought) as PeopleSearch) : NO_PHOTOS),
      [akin, sought, any],
    ),
  );
  const { ids, aspects } = useMemo(
    () => columnsOf(gallery, found.value ?? NO_PHOTOS),
    [gallery, found.value],
  );
  const selection = useSelection(ids);
  const memory = useMemo(() => gridMemoryOf(`together ${sought}`), [sought]);

  useKeys((key) => {
    if (key !== 'Escape') return false;
    if (selection.active) selection.clear();
    else navigation.back();
    return true;
  });

  const known = everybody.value ? [...everybody.value.people, ...everybody.value.groups] : NOBODY;
  const change = (line: Line, next: readonly string[]) => {
    // Don't offer people already in the search.
    const others = Object.fromEntries(
      LINES.map((each) => [each.line, keys[each.line].filter((key) => !next.includes(key))]),
    );
    navigation.replace({ view: 'together', search: { ...others, [line]: next } });
  };
  const remove = (some: readonly PhotoId[]) => {
    selection.clear();
    void actions.remove(some);
  };

  return (
    <>
      {selection.active ? (
        <SelectedBar
          selection={selection}
          onDelete={() => {
            memory.refocus = 'after-change';
            remove([...selection.ids]);
          }}
        />
      ) : (
        <Bar>
          <IconButton label={t('common.back')} onClick={() => navigation.back()}>
            <BackIcon />
          </IconButton>
          <h1 className="bar-name one-line">
            {t('people.searchTitle')}
            {any && found.value && (
              <small role="status" data-testid="together-count">
                {t('common.photos', { count: ids.length })}
              </small>
            )}
          </h1>
        </Bar>
      )}
      <main className="screen together">
        <div className="together-lines">
          {LINES.map(({ line, label }) => (
            <PeopleLine
              key={line}
              label={t(label)}
              keys={keys[line]}
              known={known}
              onRemove={(key) =>
                change(
                  line,
                  keys[line].filter((each) => each !== key),
                )
              }
              onAdd={() => setAdding(line)}
            />
          ))}
        </div>
        <div className={ids.length > 0 ? 'together-found' : 'together-found waiting'}>
          {found.error && <p role="alert">{errorText(found.error)}</p>}
          {!any && <p className="muted">{t('people.choosePeople')}</p>}
          {any && found.value && ids.length === 0 && (
            <p className="muted">{t('people.noMatches')}</p>
          )}
          {ids.length > 0 && (
            <PhotoGrid
              key={sought}
              ids={ids}
              aspects={aspects}
              label={t('people.matching')}
              memory={memory}
              selection={selection}
              hrefOf={(id) => navigation.url({ view: 'photo', id })}
              onOpen={(id) => {
                startRun(ids);
                navigation.push({ view: 'photo', id });
              }}
              onDelete={remove}
            />
          )}
        </div>
      </main>
      {adding !== null && (
        <PersonPicker
          title={t(PICKER_TITLES[adding])}
          without={keys[adding]}
          onClose={() => setAdding(null)}
          onPick={(person) => {
            setAdding(null);
            change(adding, [...keys[adding], person.key]);
          }}
        />
      )}
    </>
  );
}
