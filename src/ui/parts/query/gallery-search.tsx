import { useRef } from 'react';
import type { GroupBy } from '../../../protocol/index.ts';
import type { PageTerm } from '../../pure/query/terms.ts';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { SearchIcon } from '../icons.tsx';
import { QueryBar } from './query-bar.tsx';
import './gallery-search.css';

/** The query bar in the gallery's top bar; on narrow screens, a button that leads to it. */
export function GallerySearch() {
  const { navigation, queries } = useUi();
  const input = useRef<HTMLInputElement>(null);
  const search = (terms: readonly PageTerm[], groupBy?: GroupBy) =>
    navigation.push({ view: 'search', query: queries.keep(terms, groupBy) });
  useKeys((key) => {
    if (key !== '/') return false;
    // Hidden on narrow screens.
    if (input.current?.offsetParent) input.current.focus();
    else navigation.push({ view: 'search' });
    return true;
  });
  return (
    <>
      <div className="gallery-search">
        <QueryBar input={input} onTerm={(term) => search([term])} onTerms={search} />
      </div>
      <IconButton
        className="gallery-search-button"
        label={t('query.title')}
        onClick={() => navigation.push({ view: 'search' })}
      >
        <SearchIcon />
      </IconButton>
    </>
  );
}
