import { useEffect, useState } from 'react';
import type { PhotoMap } from '../../../protocol/index.ts';
import { useItems } from '../../state/hooks/use-items-load.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { mapMemory } from '../memory.ts';
import { COLOR_BYS, type ColorBy } from '../pure/colors.ts';

/** What the map is colored by: what was chosen last, if there still is such a thing. */
export function useColorBy(
  map: PhotoMap,
  hasQuery: boolean,
): {
  readonly by: ColorBy;
  readonly choices: readonly ColorBy[];
  readonly choose: (by: ColorBy) => void;
} {
  const { faces } = useUi();
  const [chosen, setChosen] = useState(mapMemory.colorBy);
  const items = useItems();
  const has: Readonly<Record<ColorBy, boolean>> = {
    cluster: true,
    date: true,
    item: (items?.length ?? 0) > 0,
    person: useObservable(faces.state).report?.on === true,
    query: hasQuery,
  };
  // A new query is what one wants to see, until another choice.
  const [before, setBefore] = useState(hasQuery);
  if (before !== hasQuery) {
    setBefore(hasQuery);
    if (hasQuery) setChosen('query');
  }
  useEffect(() => {
    mapMemory.colorBy = chosen;
  }, [chosen]);
  const first = hasQuery && chosen === null ? 'query' : null;
  const wanted = chosen ?? first ?? (map.clusterList.length > 1 ? 'cluster' : 'date');
  return {
    by: has[wanted] ? wanted : map.clusterList.length > 1 ? 'cluster' : 'date',
    choices: COLOR_BYS.filter((by) => has[by]),
    choose: setChosen,
  };
}
