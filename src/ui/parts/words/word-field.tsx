import { Autocomplete } from '@base-ui/react/autocomplete';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { WordSuggestion } from '../../../protocol/index.ts';
import type { SoughtWord } from '../../pure/route.ts';
import { useUi } from '../../state/ui.ts';
import { shownLanguage } from '../../text/language.ts';
import { t } from '../../text/t.ts';
import { SearchIcon } from '../icons.tsx';
import './word-field.css';

const NONE: readonly WordSuggestion[] = [];

interface WordFieldProps {
  /** Current search. */
  sought: SoughtWord | null;
  onSearch: (sought: SoughtWord) => void;
  input?: RefObject<HTMLInputElement | null>;
}

/** Search field for photo contents, with suggestions. */
export function WordField({ sought, onSearch, input }: WordFieldProps) {
  const { akin } = useUi();
  const [text, setText] = useState(sought?.text ?? '');
  const [words, setWords] = useState(NONE);
  const place = useRef<HTMLSpanElement>(null);
  const asking = useRef<AbortController>(null);
  const pointedAt = useRef(false);

  useEffect(() => () => asking.current?.abort(), []);

  const suggest = async (typed: string) => {
    asking.current?.abort();
    if (typed.trim() === '') return setWords(NONE);
    const controller = new AbortController();
    asking.current = controller;
    try {
      const found = await akin.suggestWords(typed, {
        language: shownLanguage(),
        signal: controller.signal,
      });
      if (!controller.signal.aborted) setWords(found);
    } catch {
      // Suggestions are optional; the search itself reports errors.
      if (!controller.signal.aborted) setWords(NONE);
    }
  };

  const search = (what: SoughtWord) => {
    asking.current?.abort();
    pointedAt.current = false;
    setWords(NONE);
    setText(what.text);
    if (what.text.trim() !== '') onSearch(what);
  };

  // A highlighted suggestion handles Enter itself.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || pointedAt.current || event.nativeEvent.isComposing) return;
    event.preventDefault();
    search({ text });
  };

  return (
    <search className="word-search">
      <Autocomplete.Root
        items={words}
        filter={null}
        value={text}
        itemToStringValue={({ word }: WordSuggestion) => word}
        onItemHighlighted={(item) => {
          pointedAt.current = item !== undefined;
        }}
        onValueChange={(typed, { reason }) => {
          setText(typed);
          if (reason !== 'item-press') void suggest(typed);
        }}
      >
        <span className="word-box">
          <SearchIcon />
          <Autocomplete.Input
            ref={input}
            onKeyDown={onKeyDown}
            className="word-field"
            type="search"
            enterKeyHint="search"
            autoCapitalize="none"
            placeholder={t('words.field')}
            aria-label={t('words.field')}
          />
        </span>
        <span ref={place} className="menu-place" />
        <Autocomplete.Portal container={place} hidden={words.length === 0}>
          <Autocomplete.Positioner className="layer-menu" sideOffset={6} align="start">
            <Autocomplete.Popup className="menu word-menu">
              <Autocomplete.List aria-label={t('words.suggestions')}>
                {(item: WordSuggestion) => (
                  <Autocomplete.Item
                    key={`${item.synset} ${item.word}`}
                    value={item}
                    className="menu-item word-item"
                    onClick={() => search({ text: item.word, synset: item.synset })}
                  >
                    <span>{item.word}</span>
                    {item.hint !== null && <span className="menu-hint">{item.hint}</span>}
                    {item.instead !== null && (
                      <span className="menu-hint">{t('words.shows', { word: item.instead })}</span>
                    )}
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </search>
  );
}
