import { useRef } from 'react';
import type { QueryAnswer } from '../../protocol/index.ts';
import { IconButton } from '../parts/button.tsx';
import { DownloadIcon, MoreIcon } from '../parts/icons.tsx';
import { ActionMenu, type MenuEntry } from '../parts/menu.tsx';
import { QueryBar } from '../parts/query/query-bar.tsx';
import { Terms } from '../parts/query/terms.tsx';
import { hitsOf, listedIn, queryMessage } from '../pure/query/query-message.ts';
import { type PageTerm, pickedColors, toQuery, withColors, withTerm } from '../pure/query/terms.ts';
import { useKeys } from '../state/hooks/keys/use-keys.ts';
import type { Loaded } from '../state/hooks/use-load.ts';
import { useUi } from '../state/ui.ts';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';
import { LayoutIcon, ListIcon } from './icons.tsx';

interface MapBarProps {
  query: string | undefined;
  terms: readonly PageTerm[];
  answer: Loaded<QueryAnswer | null>;
  canLayOut: boolean;
  onLayOut: () => void;
  /** `null` without a map. */
  onList: (() => void) | null;
  onSave: (() => void) | null;
}

/** The query bar that floats above the map, and its menu. */
export function MapBar(props: MapBarProps) {
  const { query, terms, answer, canLayOut, onLayOut, onList, onSave } = props;
  const { navigation, queries } = useUi();
  const input = useRef<HTMLInputElement>(null);
  const change = (next: readonly PageTerm[]) =>
    navigation.push(next.length > 0 ? { view: 'map', query: queries.keep(next) } : { view: 'map' });
  useKeys((key) => {
    if (key !== '/') return false;
    input.current?.focus();
    return true;
  });
  const entries: MenuEntry[] = [
    ...(canLayOut ? [{ label: t('map.again'), icon: <LayoutIcon />, run: onLayOut }] : []),
    ...(onList ? [{ label: t('map.listClusters'), icon: <ListIcon />, run: onList }] : []),
    ...(onSave ? [{ label: t('map.savePicture'), icon: <DownloadIcon />, run: onSave }] : []),
  ];
  const { value } = answer;
  return (
    <header className="map-bar">
      <div className="map-bar-line">
        <QueryBar
          input={input}
          onTerm={(term) => change(withTerm(terms, term))}
          onTerms={(next) => change(next)}
          onBackspace={() => {
            const chips = document.querySelectorAll<HTMLElement>('.term-chip');
            chips[chips.length - 1]?.focus();
          }}
          isNew={terms.length === 0}
          colors={pickedColors(terms)}
          onColors={(colors) => change(withColors(terms, colors))}
        />
        {entries.length > 0 && (
          <ActionMenu
            trigger={
              <IconButton className="map-menu" label={t('map.more')}>
                <MoreIcon />
              </IconButton>
            }
            entries={entries}
          />
        )}
      </div>
      {terms.length > 0 && (
        <div className="map-terms">
          <Terms
            terms={terms}
            query={query}
            answer={value}
            onChange={(next) => change(next)}
            input={input}
          />
          <p className="map-found">
            <span role="status" data-testid="query-message">
              {value &&
                queryMessage(
                  terms,
                  toQuery(terms).places,
                  value,
                  listedIn(value, hitsOf(terms, value)),
                )}
              {answer.error && errorText(answer.error)}
            </span>{' '}
            {query !== undefined && (
              <a
                href={navigation.url({ view: 'search', query })}
                onClick={(event) => {
                  event.preventDefault();
                  navigation.push({ view: 'search', query });
                }}
              >
                {t('map.asList')}
              </a>
            )}
          </p>
        </div>
      )}
    </header>
  );
}
