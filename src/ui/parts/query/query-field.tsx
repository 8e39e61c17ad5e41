import { Autocomplete } from '@base-ui/react/autocomplete';
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { GroupBy } from '../../../protocol/index.ts';
import {
  type SuggestionItem,
  type SuggestionRows,
  suggestionRows,
  typedTerm,
} from '../../pure/query/suggestion-items.ts';
import type { PageTerm } from '../../pure/query/terms.ts';
import { useWideWindow } from '../../state/hooks/use-wide-window.ts';
import { useUi } from '../../state/ui.ts';
import { shownLanguage } from '../../text/language.ts';
import { t } from '../../text/t.ts';
import { FaceCrop } from '../faces/face-crop.tsx';
import { SearchIcon } from '../icons.tsx';
import { ColorDot } from './colors/color-dot.tsx';
import { Starters } from './starters/starters.tsx';
import './query-field.css';

const NONE: readonly SuggestionRows[] = [];

interface QueryFieldProps {
  input: RefObject<HTMLInputElement | null>;
  onTerm: (term: PageTerm) => void;
  /** A picture was pasted. */
  onPicture: (picture: Blob) => void;
  /** Backspace was pressed in the empty field. */
  onBackspace?: () => void;
  /** Searches with the terms of an earlier search. */
  onTerms: (terms: readonly PageTerm[], groupBy?: GroupBy) => void;
  /** Whether suggestions appear as soon as the field has the focus, and not only on a click. */
  isNew: boolean;
}

/** Field for typing a term, with suggestions of every kind. Each choice becomes a term. */
export function QueryField(props: QueryFieldProps) {
  const { input, onTerm, onPicture, onBackspace, onTerms, isNew } = props;
  const { akin } = useUi();
  const [text, setText] = useState('');
  const [rows, setRows] = useState(NONE);
  const isWide = useWideWindow();
  const place = useRef<HTMLSpanElement>(null);
  const asking = useRef<AbortController>(null);
  const pointedAt = useRef(false);
  const starters = useRef<HTMLElement>(null);
  const [starting, setStarting] = useState(false);

  useEffect(() => () => asking.current?.abort(), []);
  // The first term may come from elsewhere: a picture, Back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => setStarting(false), [isNew]);

  const suggest = async (typed: string) => {
    asking.current?.abort();
    if (typed.trim() === '') return setRows(NONE);
    const controller = new AbortController();
    const { signal } = controller;
    asking.current = controller;
    try {
      const found = await akin.suggest(typed, { language: shownLanguage(), signal });
      if (!signal.aborted) setRows(suggestionRows(found, typed));
    } catch {
      // Suggestions are optional; the search itself reports errors.
      if (!signal.aborted) setRows(NONE);
    }
  };

  const add = (term: PageTerm) => {
    asking.current?.abort();
    pointedAt.current = false;
    setRows(NONE);
    setText('');
    setStarting(false);
    onTerm(term);
  };

  const onStarterKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      const first = starters.current?.querySelector<HTMLElement>('[data-start]');
      if (first) first.focus();
      else setStarting(true);
    } else if (event.key === 'Escape' && starting) setStarting(false);
    else return false;
    event.preventDefault();
    return true;
  };
  const onKeyDown = (event: KeyboardEvent & { readonly preventBaseUIHandler?: () => void }) => {
    if (event.nativeEvent.isComposing) return;
    if (text === '' && onStarterKey(event)) return event.preventBaseUIHandler?.();
    if (event.key === 'Backspace' && text === '') onBackspace?.();
    // A highlighted suggestion handles Enter itself.
    if (event.key !== 'Enter' || pointedAt.current) return;
    event.preventDefault();
    if (text.trim() === '') return;
    add(typedTerm(rows, text));
  };

  const onPaste = (event: ClipboardEvent) => {
    const [file] = event.clipboardData.files;
    if (!file) return;
    event.preventDefault();
    setStarting(false);
    onPicture(file);
  };

  return (
    <search
      className="query-search"
      onBlur={({ currentTarget, relatedTarget }) => {
        // When the window loses the focus, it comes back to the field.
        if (document.hasFocus() && !currentTarget.contains(relatedTarget)) setStarting(false);
      }}
    >
      <Autocomplete.Root
        items={rows}
        filter={null}
        value={text}
        itemToStringValue={({ label }: SuggestionItem) => label}
        onItemHighlighted={(item) => {
          pointedAt.current = item !== undefined;
        }}
        onValueChange={(typed, { reason }) => {
          if (reason === 'item-press') return;
          setText(typed);
          // Emptied again, the field offers what it did before.
          if (typed === '') setStarting(true);
          void suggest(typed);
        }}
      >
        <span className="query-box">
          <SearchIcon />
          <Autocomplete.Input
            ref={input}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onFocus={() => isNew && setStarting(true)}
            onClick={() => setStarting(true)}
            className="query-field"
            type="search"
            enterKeyHint="search"
            autoCapitalize="none"
            placeholder={t(isWide ? 'query.field' : 'query.fieldShort')}
            aria-label={t('query.field')}
          />
        </span>
        <span ref={place} className="menu-place" />
        <Autocomplete.Portal container={place} hidden={rows.length === 0}>
          <Autocomplete.Positioner className="layer-menu" sideOffset={6} align="start">
            <Autocomplete.Popup className="menu query-menu">
              <Autocomplete.List aria-label={t('query.suggestions')}>
                {({ group, label, items }: SuggestionRows) => (
                  <Autocomplete.Group key={group} items={items}>
                    <Autocomplete.GroupLabel className="query-group">
                      {label}
                    </Autocomplete.GroupLabel>
                    {items.map((item) => (
                      <Autocomplete.Item
                        key={item.key}
                        value={item}
                        className="menu-item query-item"
                        onClick={() => add(item.term)}
                      >
                        {item.term.kind === 'person' && item.term.cover !== undefined && (
                          <FaceCrop face={item.term.cover} size={28} round />
                        )}
                        {item.term.kind === 'color' && <ColorDot colors={item.term.colors} />}
                        <bdi>{item.label}</bdi>
                        {item.hint !== null && <span className="menu-hint">{item.hint}</span>}
                      </Autocomplete.Item>
                    ))}
                  </Autocomplete.Group>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
      {starting && text === '' && (
        <Starters
          ref={starters}
          input={input}
          onTerm={add}
          onTerms={(terms, groupBy) => {
            setStarting(false);
            onTerms(terms, groupBy);
          }}
          onClose={() => setStarting(false)}
        />
      )}
    </search>
  );
}
