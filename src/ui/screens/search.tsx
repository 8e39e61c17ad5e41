import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId, QueryAnswer, SearchHit } from '../../protocol/index.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { ResultGrid } from '../parts/grid/result-grid.tsx';
import { BackIcon } from '../parts/icons.tsx';
import { ExportMenu } from '../parts/query/export-menu.tsx';
import { QueryBar } from '../parts/query/query-bar.tsx';
import { figureOf } from '../parts/query/term-chip.tsx';
import { Terms } from '../parts/query/terms.tsx';
import { Bar } from '../parts/shell/top-bar.tsx';
import { ListEnd } from '../parts/similar/list-end.tsx';
import { indexOfId } from '../pure/gallery/ids.ts';
import { hasOdds, listedIn, queryMessage } from '../pure/query/query-message.ts';
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
import { useKeys } from '../state/hooks/use-keys.ts';
import { useLoad } from '../state/hooks/use-load.ts';
import { useWidth } from '../state/hooks/use-width.ts';
import { startRun } from '../state/photo-run.ts';
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
  const { navigation, queries } = useUi();
  const input = useRef<HTMLInputElement>(null);
  const terms = queries.get(query);
  const [answer, setAnswer] = useState<{ of: readonly PageTerm[]; answer: QueryAnswer } | null>(
    null,
  );
  // Each change is a step of its own, so Back undoes it.
  const change = (next: readonly PageTerm[]) =>
    navigation.push(
      next.length > 0 ? { view: 'search', query: queries.keep(next) } : { view: 'search' },
    );
  const add = (term: PageTerm) => change(withTerm(terms, term));
  // Backspace in the empty field selects the last term, and removes it when pressed again.
  const selectLast = () => {
    const chips = document.querySelectorAll<HTMLElement>('.term-chip');
    chips[chips.length - 1]?.focus();
  };

  useKeys((key) => {
    if (key === 'Escape') navigation.home();
    else if (key === '/') input.current?.focus();
    else return false;
    return true;
  });
  // Without a term, focus the field for typing one.
  const isNew = terms.length === 0;
  useEffect(() => {
    if (isNew) input.current?.focus();
  }, [isNew]);

  return (
    <>
      <Bar>
        <IconButton label={t('common.back')} onClick={() => navigation.back()}>
          <BackIcon />
        </IconButton>
        <h1 className="visually-hidden">{t('query.title')}</h1>
        <QueryBar
          input={input}
          onTerm={add}
          onBackspace={selectLast}
          colors={pickedColors(terms)}
          onColors={(colors) => change(withColors(terms, colors))}
        />
      </Bar>
      <main className="screen search">
        {isNew ? (
          <p className="search-note">{t('query.hint')}</p>
        ) : (
          <>
            <Terms
              terms={terms}
              query={query}
              answer={answer?.of === terms ? answer.answer : null}
              onChange={change}
              input={input}
            />
            <Found
              key={query}
              query={query}
              terms={terms}
              gallery={gallery}
              onAnswer={(found) => setAnswer({ of: terms, answer: found })}
              onMark={(id, mark) => add({ kind: 'photo', id, mark })}
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
  onAnswer: (answer: QueryAnswer) => void;
  onMark: (id: PhotoId, mark: 'more' | 'less') => void;
}

function Found({ query, terms, gallery, onAnswer, onMark }: FoundProps) {
  const { akin, navigation } = useUi();
  const list = useRef<HTMLDivElement>(null);
  const width = useWidth(list);
  const [note] = useState(() => navigation.readNote());
  const [shown, setShown] = useState(note ? Math.ceil((note.result + 1) / SHOWN) * SHOWN : SHOWN);
  const [others, setOthers] = useState(false);
  const { status, value, error, reload } = useLoad<QueryAnswer>(
    useCallback(
      (signal) =>
        akin.query({ ...toQuery(terms).query, k: ASKED, language: shownLanguage(), signal }),
      [akin, terms],
    ),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer
  useEffect(() => {
    if (value) onAnswer(value);
  }, [value]);

  const all = useMemo(() => (value ? hitsOf(value) : NO_HITS), [value]);
  const hits = useMemo(
    () => all.filter((hit) => indexOfId(gallery.ids, hit.id) >= 0),
    [all, gallery.ids],
  );
  const listed = value ? listedIn(value, hits) : 0;
  const end = others || (note && note.result >= listed) ? hits.length : listed;
  const visible = hits.slice(0, Math.min(end, shown));
  const captions = value?.ranked === true && hasOdds(terms);
  const sought = terms.find((term) => term.mark === 'more' && hasPicture(term));

  const open = useCallback(
    (hit: SearchHit, place: number) => {
      startRun(
        Uint32Array.from(all, ({ id }) => id),
        query === undefined ? null : { key: query },
        all,
      );
      const scroll = list.current?.closest('main')?.scrollTop ?? 0;
      navigation.leaveNote({ scroll, result: place });
      navigation.push({ view: 'photo', id: hit.id });
    },
    [navigation, all, query],
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
    list.current
      ?.querySelectorAll<HTMLElement>('.result-link')
      [note.result]?.focus({ preventScroll: true });
  }, [ready, note]);

  return (
    <>
      <div className="search-line">
        <p className="search-note" role="status" data-testid="query-message">
          {status === 'loading' && <span className="waiting-late">{t('similar.searching')}</span>}
          {value && queryMessage(terms, toQuery(terms).places, value, listed)}
        </p>
        {visible.length > 0 && <ExportMenu hits={hits.slice(0, end)} odds={captions} />}
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
        {ready && visible.length > 0 && (
          <ResultGrid
            hits={visible}
            first={0}
            width={width}
            gallery={gallery}
            onOpen={open}
            captions={captions}
            onMark={terms.some(isExample) ? onMark : undefined}
          />
        )}
        {ready && visible.length < end && (
          <div className="similar-more">
            <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
          </div>
        )}
        {ready && visible.length === end && end < hits.length && (
          <ListEnd
            empty={end === 0}
            picture={end === 0 && sought && figureOf(sought)}
            closest={end === 0 && captions ? closestWord(hits) : null}
            onMore={() => {
              firstOther.current = end;
              setOthers(true);
            }}
          />
        )}
      </div>
    </>
  );
}

/** The results as hits; those of filters alone have no odds. */
function hitsOf(answer: QueryAnswer): readonly SearchHit[] {
  if (answer.ranked) return answer.hits;
  return Array.from(answer.ids, (id) => ({ id, cosine: 0, pValue: 1 }));
}
