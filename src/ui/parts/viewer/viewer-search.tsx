import { type RefObject, useRef, useState } from 'react';
import type { GroupBy, PhotoId } from '../../../protocol/index.ts';
import { type PageTerm, pickedColors, withColors, withTerm } from '../../pure/query/terms.ts';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { queryOfRun } from '../../state/photo-run.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { SearchIcon } from '../icons.tsx';
import { QueryBar } from '../query/query-bar.tsx';
import { Terms } from '../query/terms.tsx';
import './viewer-search.css';

/** The query whose results the open photo is from. */
export interface ViewerQuery {
  readonly key: string | undefined;
  readonly terms: readonly PageTerm[];
  readonly input: RefObject<HTMLInputElement | null>;
  /** Shows the results of other terms. */
  readonly search: (terms: readonly PageTerm[], groupBy?: GroupBy) => void;
}

export function useViewerQuery(): ViewerQuery {
  const { navigation, queries } = useUi();
  const input = useRef<HTMLInputElement>(null);
  const [key] = useState(() => queryOfRun()?.key);
  return {
    key,
    terms: queries.get(key),
    input,
    search: (terms, groupBy = queries.groupBy(key)) =>
      navigation.push(
        terms.length > 0
          ? { view: 'search', query: queries.keep(terms, groupBy) }
          : { view: 'search' },
      ),
  };
}

interface ViewerSearchProps {
  /** The open photo. */
  id: PhotoId;
  query: ViewerQuery;
}

/** The query bar beside an open photo; on narrow screens, a button that leads to its query. */
export function ViewerSearch({ id, query }: ViewerSearchProps) {
  const { navigation } = useUi();
  const { key, terms, input, search } = query;
  const open = () =>
    navigation.push(key === undefined ? { view: 'search' } : { view: 'search', query: key });
  useKeys((pressed) => {
    if (pressed !== '/') return false;
    // Hidden on narrow screens.
    if (input.current?.offsetParent) input.current.focus();
    else open();
    return true;
  });
  return (
    <>
      <div className="viewer-search">
        <QueryBar
          input={input}
          photo={id}
          isNew={terms.length === 0}
          onTerm={(term) => search(withTerm(terms, term))}
          onTerms={search}
          colors={pickedColors(terms)}
          onColors={(colors) => search(withColors(terms, colors))}
        />
      </div>
      {terms.length > 0 && (
        <IconButton className="viewer-search-button" label={t('query.change')} onClick={open}>
          <SearchIcon />
        </IconButton>
      )}
    </>
  );
}

/** The terms of the query whose results the open photo is from. */
export function ViewerTerms({ query }: { query: ViewerQuery }) {
  const { key, terms, input, search } = query;
  if (terms.length === 0) return null;
  return (
    <div className="viewer-terms">
      <Terms query={key} terms={terms} answer={null} onChange={search} input={input} />
    </div>
  );
}
