import { useEffect, useRef } from 'react';
import { indexOfId } from '../../../pure/gallery/ids.ts';
import type { PageTerm } from '../../../pure/query/terms.ts';
import { useUi } from '../../ui.ts';
import { useObservable } from '../use-observable.ts';

/** Calls `reload` when photos, people or items that terms are about come or go. */
export function useTermChanges(terms: readonly PageTerm[], reload: () => void): void {
  const { akin } = useUi();
  const { ids } = useObservable(akin.gallery);
  const people = useObservable(akin.faces.version);
  const items = useObservable(akin.items.version);
  const now = terms
    .map((term) => {
      if (term.kind === 'photo' || term.kind === 'region') return indexOfId(ids, term.id) >= 0;
      if (term.kind === 'person') return people;
      return term.kind === 'item' ? items : '';
    })
    .join();
  const seen = useRef({ terms, now });
  useEffect(() => {
    const before = seen.current;
    seen.current = { terms, now };
    // Other terms load anyway.
    if (before.terms === terms && before.now !== now) reload();
  }, [terms, now, reload]);
}
