import {
  Fragment,
  type RefObject,
  Suspense,
  startTransition,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { GallerySnapshot } from '../../../engine/index.ts';
import type { PersonView, PhotoId, SearchHit } from '../../../protocol/index.ts';
import { indexOfId, lowerBound } from '../../pure/gallery/ids.ts';
import { photosInView } from '../../pure/gallery/justify.ts';
import { closestWord, groupHits, levelWord } from '../../pure/viewer/similarity.ts';
import { useLoad } from '../../state/hooks/use-load.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useWidth } from '../../state/hooks/use-width.ts';
import { startRun } from '../../state/photo-run.ts';
import { similarAmong } from '../../state/similar-among.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { faceParts } from '../faces/face-parts.ts';
import { restoreFocus } from '../grid/restore-focus.ts';
import { ResultGrid } from '../grid/result-grid.tsx';
import { lazyPart } from '../lazy-part.ts';
import { Meter } from '../meter.tsx';
import { ListEnd } from './list-end.tsx';
import { OddsHelp } from './odds-help.tsx';
import './similar-photos.css';

// Needed only with face recognition on.
const SimilarAmong = lazyPart(faceParts.similarAmong);

/** Hits shown at first, and hits fetched: showing more needs no new query. */
const SHOWN = 60;
const ASKED = 240;
const NOBODY: readonly PersonView[] = [];
const RETRY_MS = 1500;
/** Delay that leaves the page, the store and the decoders to the visible photo first. */
const REST_AFTER_MS = 300;

interface SimilarProps {
  id: PhotoId;
  gallery: GallerySnapshot;
  /** The scroll container on narrow screens, where this section doesn't scroll. */
  main: RefObject<HTMLElement | null>;
}

/** Photos similar to this one, best first. */
export function SimilarPhotos({ id, gallery, main }: SimilarProps) {
  const { akin, faces, navigation, thumbs } = useUi();
  const withFaces = useObservable(faces.state).report?.on === true;
  const chosen = useObservable(similarAmong);
  const among = withFaces ? chosen : NOBODY;
  const section = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const width = useWidth(list);
  const [note] = useState(() => navigation.readNote());
  const [shown, setShown] = useState(note ? Math.ceil((note.result + 1) / SHOWN) * SHOWN : SHOWN);
  const [rest, setRest] = useState(note !== null);
  const [others, setOthers] = useState(false);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const newest = akin.gallery.get().ids.at(-1) ?? 0;
      const people = { all: among.map(({ key }) => key) };
      const { hits, end } = await akin.search(id, {
        k: ASKED,
        signal,
        ...(among.length > 0 && { people }),
      });
      const { ids, aspects } = akin.gallery.get();
      const inView = photosInView(
        hits.map((hit) => aspects[indexOfId(ids, hit.id)] ?? 1),
        list.current?.clientWidth ?? 0,
        window.innerHeight,
      );
      // Prefetch while the results render.
      thumbs.prefetch(hits.slice(0, Math.min(inView, end)).map((hit) => hit.id));
      return { hits, end, inView, newest };
    },
    [akin, thumbs, id, among],
  );
  const { status, value, error, reload } = useLoad(load);

  // With people chosen, it may be the people that are gone.
  const unread = error?.code === 'not-found' && among.length === 0;
  useEffect(() => {
    if (!unread) return;
    const timer = setInterval(reload, RETRY_MS);
    return () => clearInterval(timer);
  }, [unread, reload]);

  const isThere = (hit: SearchHit) => indexOfId(gallery.ids, hit.id) >= 0;
  const hits = (value?.hits ?? []).filter(isThere);
  const added = value ? gallery.length - lowerBound(gallery.ids, value.newest + 1) : 0;
  const listed = (value?.hits ?? []).slice(0, value?.end).filter(isThere).length;
  // On return from one of the less similar photos, list them again.
  const end = others || (note && note.result >= listed) ? hits.length : listed;
  const visible = hits.slice(0, Math.min(end, (rest ? shown : value?.inView) ?? 0));

  const open = useCallback(
    (hit: SearchHit, place: number) => {
      const scroll = (main.current?.scrollTop ?? 0) + (section.current?.scrollTop ?? 0);
      navigation.leaveNote({ scroll, result: place });
      const hits = value?.hits ?? [];
      const run = others || place >= listed ? hits : hits.slice(0, value?.end);
      const ids = Uint32Array.from(run, (each) => each.id);
      startRun(ids, null, [], id);
      navigation.push({ view: 'photo', id: hit.id });
    },
    [id, main, navigation, value, others, listed],
  );

  const ready = status === 'ready' && width > 0;
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => startTransition(() => setRest(true)), REST_AFTER_MS);
    return () => clearTimeout(timer);
  }, [ready]);

  // The clicked button is gone; focus the first result that took its place.
  const firstOther = useRef(0);
  useEffect(() => {
    if (!others) return;
    const links = list.current?.querySelectorAll<HTMLElement>('.result-link');
    links?.[firstOther.current]?.focus({ preventScroll: true });
  }, [others]);

  // On return to a photo, restore the scroll position of its results.
  useEffect(() => {
    if (!ready || !note) return;
    for (const scroller of [main.current, section.current]) scroller?.scrollTo(0, note.scroll);
    restoreFocus(list.current?.querySelectorAll<HTMLElement>('.result-link')[note.result]);
  }, [ready, note, main]);

  const grid = (from: number, to: number) => (
    <ResultGrid
      hits={visible.slice(from, to)}
      first={from}
      width={width}
      gallery={gallery}
      onOpen={open}
    />
  );

  return (
    <section className="similar" aria-labelledby="similar-title" ref={section}>
      <div className="similar-head">
        <h2 id="similar-title">{t('similar.title')}</h2>
        <OddsHelp />
        {withFaces && (
          <Suspense>
            <SimilarAmong />
          </Suspense>
        )}
        {added > 0 && (
          <Button look="quiet" className="similar-again" onClick={reload}>
            {t('similar.includeNew', { count: added })}
          </Button>
        )}
      </div>
      <div ref={list} className="similar-list" aria-busy={status === 'loading'}>
        {status === 'loading' && (
          <p className="similar-note waiting-late">{t('similar.searching')}</p>
        )}
        {unread && (
          <p className="similar-note" role="status">
            {t('similar.notReady')}
          </p>
        )}
        {error && !unread && (
          <p className="similar-note" role="alert">
            {errorText(error)}{' '}
            <button type="button" className="link-button" onClick={reload}>
              {t('common.tryAgain')}
            </button>
          </p>
        )}
        {status === 'ready' && hits.length === 0 && (
          <p className="similar-note">
            {among.length > 0 ? t('similar.noneWithPeople') : t('similar.nothingToCompare')}
          </p>
        )}
        {ready &&
          groupHits(visible).map(({ level, from, to }) => (
            <Fragment key={from}>
              <h3 className="similar-group" data-testid="result-group">
                {level === null ? (
                  t('similar.noneSimilar')
                ) : (
                  <>
                    <Meter level={level} /> {levelWord(level)}
                  </>
                )}
              </h3>
              {grid(from, to)}
            </Fragment>
          ))}
        {ready && visible.length < end && rest && (
          <div className="similar-more">
            <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
          </div>
        )}
        {ready && visible.length === end && end < hits.length && (
          <ListEnd
            empty={end === 0}
            closest={end === 0 ? closestWord(hits) : null}
            onMore={() => {
              firstOther.current = end;
              setShown((n) => Math.max(n, end + SHOWN));
              setOthers(true);
            }}
          />
        )}
      </div>
    </section>
  );
}
