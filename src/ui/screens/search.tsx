import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId, QueryAnswer, SearchHit } from '../../protocol/index.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { PhotoSelection } from '../parts/grid/photo-selection.tsx';
import { restoreFocus } from '../parts/grid/restore-focus.ts';
import { ResultGrid } from '../parts/grid/result-grid.tsx';
import { BackIcon, SelectIcon } from '../parts/icons.tsx';
import { ExportMenu } from '../parts/query/export-menu.tsx';
import { GroupGrid } from '../parts/query/groups/group-grid.tsx';
import { GroupMenu } from '../parts/query/groups/group-menu.tsx';
import { OnMapButton } from '../parts/query/on-map-button.tsx';
import { QueryBar } from '../parts/query/query-bar.tsx';
import { SaveSearch } from '../parts/query/save-search.tsx';
import { TermFigure } from '../parts/query/term-figure.tsx';
import { Terms } from '../parts/query/terms.tsx';
import { Bar } from '../parts/shell/top-bar.tsx';
import { ListEnd } from '../parts/similar/list-end.tsx';
import { indexOfId } from '../pure/gallery/ids.ts';
import { listedOrder } from '../pure/gallery/photo-order.ts';
import { type GroupBy, listedGroups } from '../pure/query/group-by.ts';
import { hasOdds, hitsOf, listedIn, queryMessage } from '../pure/query/query-message.ts';
import {
  hasPicture,
  isExample,
  type PageTerm,
  pickedColors,
  toQuery,
  withColors,
  withTerm,
} from '../pure/query/terms.ts';
import { closestWord } from '../pure/viewer/similarity.ts';
import { useKeys } from '../state/hooks/keys/use-keys.ts';
import { useResultMarks } from '../state/hooks/query/use-result-marks.ts';
import { useTermChanges } from '../state/hooks/query/use-term-changes.ts';
import { useLoad } from '../state/hooks/use-load.ts';
import { useWidth } from '../state/hooks/use-width.ts';
import { startRun } from '../state/photo-run.ts';
import { type Selection, useSelection } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { errorText } from '../text/errorText.ts';
import { shownLanguage } from '../text/language.ts';
import { t } from '../text/t.ts';
import '../parts/similar/similar-photos.css';
import './search.css';

/** Photos shown at first, and photos fetched. */
const SHOWN = 60;
const ASKED = 240;
const NO_HITS: readonly SearchHit[] = [];

interface SearchProps {
  /** Key of the query; absent before the first term. */
  query: string | undefined;
  gallery: GallerySnapshot;
}

/** Photos that match a query, best first. */
export default function Search({ query, gallery }: SearchProps) {
  const { actions, navigation, queries } = useUi();
  const input = useRef<HTMLInputElement>(null);
  const terms = queries.get(query);
  const isNew = terms.length === 0;
  const [answer, setAnswer] = useState<{ of: readonly PageTerm[]; answer: QueryAnswer } | null>(
    null,
  );
  // Each change is a step of its own, so Back undoes it.
  const groupBy = queries.groupBy(query);
  const change = (next: readonly PageTerm[], by = groupBy) =>
    navigation.push(
      next.length > 0 ? { view: 'search', query: queries.keep(next, by) } : { view: 'search' },
    );
  const marks = useResultMarks();
  const add = (term: PageTerm) => change(withTerm(terms, term));
  // Backspace in the empty field selects the last term, and removes it when pressed again.
  const selectLast = () => {
    const chips = document.querySelectorAll<HTMLElement>('.term-chip');
    chips[chips.length - 1]?.focus();
  };

  const found = useMemo(
    () =>
      listedOrder(
        Uint32Array.from(
          answer?.of === terms ? hitsOf(terms, answer.answer) : NO_HITS,
          ({ id }) => id,
        ),
      ),
    [answer, terms],
  );
  const selection = useSelection(found.ids, found);

  useKeys((key) => {
    // The bar of the selection handles it.
    if (key === 'Escape' && selection.active) return false;
    if (key === 'Escape') navigation.home();
    else if (key === '/') input.current?.focus();
    else return false;
    return true;
  });
  // Without a term, focus the field for typing one.
  useEffect(() => {
    if (isNew) input.current?.focus();
  }, [isNew]);

  return (
    <>
      {selection.active && (
        <PhotoSelection
          selection={selection}
          onOpen={(id) => {
            startRun(found.ids, query === undefined ? null : { key: query });
            navigation.push({ view: 'photo', id });
          }}
          onDelete={() => {
            selection.clear();
            void actions.remove([...selection.ids]);
          }}
        />
      )}
      <Bar hidden={selection.active}>
        <IconButton label={t('common.back')} onClick={() => navigation.back()}>
          <BackIcon />
        </IconButton>
        <h1 className="visually-hidden">{t('query.title')}</h1>
        <QueryBar
          input={input}
          onTerm={add}
          onBackspace={selectLast}
          onTerms={(next, by) => change(next, by)}
          isNew={isNew}
          colors={pickedColors(terms)}
          onColors={(colors) => change(withColors(terms, colors))}
        />
      </Bar>
      <main className="screen search">
        {isNew ? (
          <p className="search-note search-hint">{t('query.hint')}</p>
        ) : (
          <>
            <Terms
              terms={terms}
              query={query}
              answer={answer?.of === terms ? answer.answer : null}
              onChange={(next) => {
                marks.follow(next);
                change(next);
              }}
              input={input}
            />
            <Found
              key={query}
              query={query}
              terms={terms}
              gallery={gallery}
              groupBy={groupBy}
              onGroupBy={(by) => change(terms, by)}
              onAnswer={(found) => setAnswer({ of: terms, answer: found })}
              selection={selection}
              onMark={(id, mark) => {
                marks.record(terms, id, mark);
                add({ kind: 'photo', id, mark });
              }}
            />
          </>
        )}
      </main>
    </>
  );
}

interface FoundProps {
  query: string | undefined;
  terms: readonly PageTerm[];
  gallery: GallerySnapshot;
  groupBy: GroupBy;
  onGroupBy: (groupBy: GroupBy) => void;
  selection: Selection;
  onAnswer: (answer: QueryAnswer) => void;
  onMark: (id: PhotoId, mark: 'more' | 'less') => void;
}

function Found(props: FoundProps) {
  const { query, terms, gallery, groupBy, onGroupBy, selection, onAnswer, onMark } = props;
  const { akin, navigation } = useUi();
  const list = useRef<HTMLDivElement>(null);
  const width = useWidth(list);
  const [note] = useState(() => navigation.readNote());
  const [shown, setShown] = useState(
    Math.max(1, Math.ceil(((note?.result ?? 0) + 1) / SHOWN)) * SHOWN,
  );
  const [others, setOthers] = useState(false);
  const { status, value, error, reload } = useLoad<QueryAnswer>(
    useCallback(
      (signal) =>
        akin.query({
          ...toQuery(terms).query,
          k: ASKED,
          groupBy,
          language: shownLanguage(),
          signal,
        }),
      [akin, terms, groupBy],
    ),
  );
  useTermChanges(terms, reload);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer
  useEffect(() => {
    if (value) onAnswer(value);
  }, [value]);

  const all = useMemo(() => (value ? hitsOf(terms, value) : NO_HITS), [terms, value]);
  const hits = useMemo(
    () => all.filter((hit) => indexOfId(gallery.ids, hit.id) >= 0),
    [all, gallery.ids],
  );
  const listed = value ? listedIn(value, hits) : 0;
  const end = others || (note && note.result >= listed) ? hits.length : listed;
  const { groups, rest } = useMemo(
    () => listedGroups(value?.groups ?? [], hits.slice(0, end)),
    [value, hits, end],
  );
  const visible = useMemo(() => rest.slice(0, shown), [rest, shown]);
  const captions = value?.ranked === true && hasOdds(terms);
  const sought = terms.find((term) => term.mark === 'more' && hasPicture(term));

  const leave = useCallback(
    (result: number) => {
      const scroll = list.current?.closest('main')?.scrollTop ?? 0;
      navigation.leaveNote({ scroll, result });
    },
    [navigation],
  );
  const open = useCallback(
    (hit: SearchHit, place: number) => {
      startRun(
        Uint32Array.from(all, ({ id }) => id),
        query === undefined ? null : { key: query },
        all,
      );
      leave(place);
      navigation.push({ view: 'photo', id: hit.id });
    },
    [navigation, all, query, leave],
  );

  // The clicked button is gone; focus the first result that took its place.
  const firstOther = useRef(0);
  useEffect(() => {
    if (!others) return;
    const links = list.current?.querySelectorAll<HTMLElement>('.result-link');
    links?.[firstOther.current]?.focus({ preventScroll: true });
  }, [others]);

  // On return from a photo, restore the scroll position.
  const ready = status === 'ready' && width > 0;
  useEffect(() => {
    if (!ready || !note) return;
    list.current?.closest('main')?.scrollTo(0, note.scroll);
    restoreFocus(list.current?.querySelectorAll<HTMLElement>('.result-link')[note.result]);
  }, [ready, note]);

  return (
    <>
      <div className="search-line">
        <p className="search-note" role="status" data-testid="query-message">
          {status === 'loading' && <span className="waiting-late">{t('similar.searching')}</span>}
          {value && queryMessage(terms, toQuery(terms).places, value, listed)}
        </p>
        <div className="search-tools">
          <SaveSearch terms={terms} groupBy={groupBy} />
          <GroupMenu value={groupBy} onValue={onGroupBy} />
          {visible.length > 1 && !selection.active && (
            <Button look="quiet" className="search-tool button-bar" onClick={selection.start}>
              <SelectIcon /> <span>{t('gallery.select')}</span>
            </Button>
          )}
          {end > 0 && query !== undefined && <OnMapButton query={query} />}
          {end > 0 && <ExportMenu hits={hits.slice(0, end)} odds={captions} />}
        </div>
      </div>
      {error && (
        <p className="search-note" role="alert">
          {errorText(error)}{' '}
          <button type="button" className="link-button" onClick={reload}>
            {t('common.tryAgain')}
          </button>
        </p>
      )}
      <div ref={list} className="search-list" aria-busy={status === 'loading'}>
        {ready && groups.length > 0 && (
          <GroupGrid
            groups={groups}
            onLeave={() => leave(-1)}
            onMark={terms.some(isExample) ? onMark : undefined}
          />
        )}
        {ready && visible.length > 0 && (
          <ResultGrid
            hits={visible}
            first={0}
            width={width}
            gallery={gallery}
            onOpen={open}
            captions={captions}
            selection={selection.active ? selection : undefined}
            onMark={terms.some(isExample) ? onMark : undefined}
          />
        )}
        {ready && visible.length < rest.length && (
          <div className="similar-more">
            <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
          </div>
        )}
        {ready && visible.length === rest.length && end < hits.length && (
          <ListEnd
            empty={end === 0}
            picture={end === 0 && sought && <TermFigure term={sought} />}
            closest={end === 0 && captions ? closestWord(hits) : null}
            onMore={() => {
              firstOther.current = visible.length;
              setOthers(true);
            }}
          />
        )}
      </div>
    </>
  );
}
