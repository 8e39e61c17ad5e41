import { useState } from 'react';
import type { PhotoId, RegionBox } from '../../../../protocol/index.ts';
import { type PageTerm, withTerm } from '../../../pure/query/terms.ts';
import { FIRST_AREA } from '../../../pure/viewer/area.ts';
import { queryOfRun } from '../../photo-run.ts';
import { useUi } from '../../ui.ts';

/** The area of a photo that is being selected to search with it. */
export interface AreaSelection {
  /** `null` if none is being selected. */
  readonly area: RegionBox | null;
  /** Whether it changes a term of a query rather than adding one. */
  readonly edits: boolean;
  readonly start: () => void;
  readonly change: (change: (area: RegionBox) => RegionBox) => void;
  /** Searches with the area. */
  readonly search: () => void;
  readonly cancel: () => void;
}

/** Selects an area of a photo: to be added to the query whose results it is from, or to a new one. */
export function useArea(id: PhotoId): AreaSelection {
  const { navigation, queries } = useUi();
  const [from] = useState(queryOfRun);
  const terms = queries.get(from?.key);
  const edited = from?.editing === undefined ? undefined : terms[from.editing];
  const term = edited?.kind === 'region' && edited.id === id ? edited : null;
  const [area, setArea] = useState<RegionBox | null>(term?.box ?? null);

  const search = () => {
    if (!area) return;
    const region: PageTerm = { kind: 'region', id, box: area, mark: term?.mark ?? 'more' };
    const next = term ? terms.with(from!.editing!, region) : withTerm(terms, region);
    setArea(null);
    navigation.push({ view: 'search', query: queries.keep(next) });
  };
  return {
    area,
    edits: term !== null,
    start: () => setArea((now) => now ?? term?.box ?? FIRST_AREA),
    change: (change) => setArea((now) => now && change(now)),
    search,
    cancel: () => {
      setArea(null);
      // Opened for nothing else.
      if (term) navigation.back();
    },
  };
}
