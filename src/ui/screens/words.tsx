import { useCallback, useEffect, useRef, useState } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { SearchHit, WordAnswer } from '../../protocol/index.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { ResultGrid } from '../parts/grid/result-grid.tsx';
import { BackIcon } from '../parts/icons.tsx';
import { Bar } from '../parts/shell/top-bar.tsx';
import { WordField } from '../parts/words/word-field.tsx';
import { indexOfId } from '../pure/gallery/ids.ts';
import type { SoughtWord } from '../pure/route.ts';
import { searchMessage } from '../pure/search-message.ts';
import { useKeys } from '../state/hooks/use-keys.ts';
import { useLoad } from '../state/hooks/use-load.ts';
import { useWidth } from '../state/hooks/use-width.ts';
import { startRun } from '../state/photo-run.ts';
import { useUi } from '../state/ui.ts';
import { shownLanguage } from '../text/language.ts';
import { t } from '../text/t.ts';
import '../parts/similar/similar-photos.css';
import { errorText } from '../text/errorText.ts';
import './words.css';

/** Photos shown at first, and photos fetched. */
const SHOWN = 60;
const ASKED = 240;
const NO_HITS: readonly SearchHit[] = [];

interface WordsProps {
  sought: SoughtWord | null;
  gallery: GallerySnapshot;
}

/** Photos that match a word, best first. */
export default function Words({ sought, gallery }: WordsProps) {
  const { navigation } = useUi();
  const input = useRef<HTMLInputElement>(null);
  useKeys((key) => {
    if (key === 'Escape') navigation.back();
    else if (key === '/') input.current?.focus();
    else return false;
    return true;
  });
  // Without a word, focus the field for typing one.
  useEffect(() => {
    if (sought === null) input.current?.focus();
  }, [sought]);

  return (
    <>
      <Bar>
        <IconButton label={t('common.back')} onClick={() => navigation.back()}>
          <BackIcon />
        </IconButton>
        <h1 className="visually-hidden">{t('words.title')}</h1>
        <WordField
          key={sought === null ? '' : `${sought.text} ${sought.synset ?? ''}`}
          sought={sought}
          input={input}
          onSearch={(next) => navigation.replace({ view: 'words', sought: next })}
        />
      </Bar>
      <main className="screen words">
        {sought === null ? (
          <p className="words-note">{t('words.hint')}</p>
        ) : (
          <Found sought={sought} gallery={gallery} />
        )}
      </main>
    </>
  );
}

function Found({ sought, gallery }: { sought: SoughtWord; gallery: GallerySnapshot }) {
  const { akin, navigation } = useUi();
  const { text, synset } = sought;
  const list = useRef<HTMLDivElement>(null);
  const width = useWidth(list);
  const [note] = useState(() => navigation.readNote());
  const [shown, setShown] = useState(note ? Math.ceil((note.result + 1) / SHOWN) * SHOWN : SHOWN);
  const { status, value, error, reload } = useLoad<WordAnswer>(
    useCallback(
      (signal) =>
        akin.searchWord(text, {
          k: ASKED,
          language: shownLanguage(),
          signal,
          ...(synset && { synset }),
        }),
      [akin, text, synset],
    ),
  );
  const all = value?.known ? value.hits.slice(0, value.answers) : NO_HITS;
  const hits = all.filter((hit) => indexOfId(gallery.ids, hit.id) >= 0);

  const open = useCallback(
    (hit: SearchHit, place: number) => {
      if (value?.known) startRun(Uint32Array.from(value.hits, ({ id }) => id));
      const scroll = list.current?.closest('main')?.scrollTop ?? 0;
      navigation.leaveNote({ scroll, result: place });
      navigation.push({ view: 'photo', id: hit.id });
    },
    [navigation, value],
  );

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
      <p className="words-note" role="status" data-testid="word-message">
        {value && searchMessage(value, hits.length)}
      </p>
      {error && (
        <p className="words-note" role="alert">
          {errorText(error)}{' '}
          {error.code !== 'wrong-space' && (
            <button type="button" className="link-button" onClick={reload}>
              {t('common.tryAgain')}
            </button>
          )}
        </p>
      )}
      <div ref={list} className="words-list" aria-busy={status === 'loading'}>
        {ready && hits.length > 0 && (
          <ResultGrid
            hits={hits.slice(0, shown)}
            first={0}
            width={width}
            gallery={gallery}
            onOpen={open}
            captions={false}
          />
        )}
        {ready && hits.length > shown && (
          <div className="similar-more">
            <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
          </div>
        )}
      </div>
    </>
  );
}
