import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import type { GroupBy, StoredQuery } from '../../../../protocol/index.ts';
import { COLOR_NAMES, colorName, SWATCHES } from '../../../pure/query/colors.ts';
import type { PageTerm } from '../../../pure/query/terms.ts';
import { useKnownFaces } from '../../../state/hooks/faces/use-known-faces.ts';
import { useStoredQueries } from '../../../state/hooks/query/use-stored-queries.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { FaceCrop } from '../../faces/face-crop.tsx';
import { ColorDot } from '../colors/color-dot.tsx';
import { RecentRow, SavedRow } from './query-rows.tsx';
import { starterBeside } from './starter-keys.ts';
import './starters.css';

const MOST_FACES = 8;
/** Recent searches before "Show more". */
const SHOWN = 5;
const FACE = 52;
const NONE: readonly StoredQuery[] = [];

interface StartersProps {
  ref: RefObject<HTMLElement | null>;
  input: RefObject<HTMLInputElement | null>;
  onTerm: (term: PageTerm) => void;
  /** Searches with the terms of an earlier search. */
  onTerms: (terms: readonly PageTerm[], groupBy?: GroupBy) => void;
  onClose: () => void;
}

/** What can be searched for before anything is typed: earlier searches, colors and faces. */
export function Starters({ ref, input, onTerm, onTerms, onClose }: StartersProps) {
  const { queryActions } = useUi();
  const queries = useStoredQueries() ?? NONE;
  const faces = useKnownFaces(MOST_FACES);
  const [all, setAll] = useState(false);
  const recents = useRef<HTMLUListElement>(null);
  const recent = queries.filter(({ name }) => name === null);
  const saved = queries.filter(({ name }) => name !== null);
  const shown = all ? recent : recent.slice(0, SHOWN);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    // Menus and fields inside handle keys themselves.
    if (event.defaultPrevented || event.target instanceof HTMLInputElement) return;
    if ((event.target as Element).closest('[role="menu"]')) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      input.current?.focus();
      onClose();
      return;
    }
    const beside = starterBeside(event.key, event.currentTarget, event.target as HTMLElement);
    if (beside === null) return;
    event.preventDefault();
    (beside === 'field' ? input.current : beside)?.focus();
  };
  const remove = (query: StoredQuery) => {
    // The row goes, and with it the focus.
    input.current?.focus();
    void queryActions.remove(query);
  };

  return (
    <section
      ref={ref}
      aria-label={t('query.suggestions')}
      className="menu starters layer-menu"
      data-testid="starters"
      // A click doesn't take the focus from the field, which would close this.
      onMouseDown={(event) => {
        if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
      }}
      onKeyDown={onKeyDown}
    >
      {saved.length > 0 && (
        <div>
          <p className="query-group">{t('query.saved')}</p>
          <ul aria-label={t('query.saved')}>
            {saved.map((query) => (
              <SavedRow
                key={query.id}
                query={query}
                onOpen={() => onTerms(query.terms, query.groupBy)}
                onRemove={() => remove(query)}
              />
            ))}
          </ul>
        </div>
      )}
      {recent.length > 0 && (
        <div>
          <div className="starters-head">
            <p className="query-group">{t('query.recent')}</p>
            <button
              type="button"
              className="link-button"
              aria-label={t('query.clearRecent')}
              onClick={() => {
                input.current?.focus();
                void queryActions.removeRecent();
              }}
            >
              {t('query.clear')}
            </button>
          </div>
          <ul ref={recents} aria-label={t('query.recent')}>
            {shown.map((query) => (
              <RecentRow
                key={query.id}
                query={query}
                onOpen={() => onTerms(query.terms)}
                onRemove={() => remove(query)}
              />
            ))}
          </ul>
          {recent.length > shown.length && (
            <button
              type="button"
              className="link-button starters-more"
              onClick={() => {
                setAll(true);
                // The button goes; continue at the last row there was.
                recents.current?.querySelectorAll<HTMLElement>('[data-start]')[SHOWN - 1]?.focus();
              }}
            >
              {t('common.showMore')}
            </button>
          )}
        </div>
      )}
      {faces.length > 0 && (
        <div>
          <p className="query-group">{t('query.group.people')}</p>
          <ul className="starter-faces" aria-label={t('query.group.people')}>
            {faces.map(({ key, name, cover }) => (
              <li key={key}>
                <button
                  type="button"
                  className="starter-face"
                  data-start=""
                  onClick={() =>
                    onTerm({
                      kind: 'person',
                      key,
                      name,
                      mark: 'more',
                      ...(cover !== null && { cover }),
                    })
                  }
                >
                  {cover !== null && <FaceCrop face={cover} size={FACE} round />}
                  <bdi className="one-line">{name}</bdi>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <p className="query-group">{t('query.group.colors')}</p>
        <ul className="starter-colors" aria-label={t('query.group.colors')}>
          {COLOR_NAMES.map((name) => (
            <li key={name}>
              <button
                type="button"
                className="starter-color"
                data-start=""
                aria-label={colorName(name)}
                title={colorName(name)}
                onClick={() => onTerm({ kind: 'color', colors: [SWATCHES[name]], mark: 'more' })}
              >
                <ColorDot colors={[SWATCHES[name]]} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
