import { useState } from 'react';
import type { PhotoId } from '../../../../protocol/index.ts';
import { comparedTerms, type PageTerm } from '../../../pure/query/terms.ts';
import { queryOfRun, similarToInRun } from '../../photo-run.ts';
import { useUi } from '../../ui.ts';

/** Explains why a photo was found. */
export interface Why {
  /** The pictures it was found with. */
  readonly terms: readonly PageTerm[];
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
}

/** `null` for a photo that wasn't found with a picture. */
export function useWhy(id: PhotoId): Why | null {
  const { queries } = useUi();
  const [open, setOpen] = useState(false);
  const [terms] = useState<readonly PageTerm[]>(() => {
    const similarTo = similarToInRun();
    if (similarTo !== null) return [{ kind: 'photo', id: similarTo, mark: 'more' }];
    return comparedTerms(queries.get(queryOfRun()?.key));
  });
  const isExample = terms.some((term) => 'id' in term && term.id === id);
  return terms.length === 0 || isExample ? null : { terms, open, setOpen };
}
