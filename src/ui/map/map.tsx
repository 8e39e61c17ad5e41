import { useCallback, useMemo, useRef, useState } from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { QueryAnswer } from '../../protocol/index.ts';
import { type PageTerm, toQuery } from '../pure/query/terms.ts';
import { useTermChanges } from '../state/hooks/query/use-term-changes.ts';
import { type Loaded, useLoad } from '../state/hooks/use-load.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { librarySelection, useSelection } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { shownLanguage } from '../text/language.ts';
import { t } from '../text/t.ts';
import { JoinCard } from './join/join-card.tsx';
import { useJoin } from './join/use-join.ts';
import { LayoutWork } from './layout/layout-work.tsx';
import { NoMap } from './layout/no-map.tsx';
import { useLayOut } from './layout/use-lay-out.ts';
import { MapBar } from './map-bar.tsx';
import { MapDrawer } from './map-drawer.tsx';
import { MapView, type MapViewHandle } from './map-view.tsx';
import { useMap } from './use-map.ts';
import './map.css';

/** Photos that an answer colors at most. */
const ASKED = 240;
const NO_IDS = new Uint32Array(0);

interface MapProps {
  /** Key of the query whose answer is colored. */
  query: string | undefined;
  gallery: GallerySnapshot;
}

/** The whole library as a map: photos that look alike lie near one another. */
export default function LibraryMap({ query, gallery }: MapProps) {
  const { akin, queries } = useUi();
  const loaded = useMap();
  const join = useJoin(loaded.value);
  const { map } = join;
  const work = useObservable(akin.map.work);
  const layOut = useLayOut(map !== null);
  const terms = queries.get(query);
  const answer = useAnswer(terms);
  const selection = useSelection(map?.ids ?? NO_IDS, undefined, librarySelection);
  const [lists, setLists] = useState(false);
  const view = useRef<MapViewHandle>(null);
  const answered = useMemo(
    () => (answer.value ? { of: terms, answer: answer.value } : null),
    [terms, answer.value],
  );

  return (
    <div className="map-screen" data-selected={(map && selection.ids.size > 0) || undefined}>
      <main className="screen map">
        <h1 className="visually-hidden">{t('map.title')}</h1>
        <MapBar
          query={query}
          terms={terms}
          answer={answer}
          canLayOut={map !== null && work.state !== 'working'}
          onLayOut={layOut.start}
          onList={map === null ? null : () => setLists((on) => !on)}
          onSave={map === null ? null : () => view.current?.save()}
        />
        {map && map.ids.length > 0 ? (
          <MapView
            ref={view}
            map={map}
            gallery={gallery}
            selection={selection}
            query={query}
            answer={answered}
            onJoin={join.add}
            lists={lists}
            onLists={setLists}
          />
        ) : (
          loaded.status !== 'loading' && (
            <NoMap photos={gallery.length} work={work} error={loaded.error} layOut={layOut} />
          )
        )}
        {map && map.ids.length > 0 && join.pairs.length === 0 && (
          <LayoutWork map={map} work={work} layOut={layOut} />
        )}
        {map && map.ids.length > 0 && join.pairs.length > 0 && <JoinCard join={join} />}
      </main>
      {map && selection.ids.size > 0 && (
        <MapDrawer
          map={map}
          gallery={gallery}
          selection={selection}
          onShow={() => view.current?.showSelection()}
        />
      )}
    </div>
  );
}

/** The answer to the query; none without terms. */
function useAnswer(terms: readonly PageTerm[]): Loaded<QueryAnswer | null> {
  const { akin } = useUi();
  const { reload, ...answer } = useLoad<QueryAnswer | null>(
    useCallback(
      async (signal) =>
        terms.length === 0
          ? null
          : akin.query({ ...toQuery(terms).query, k: ASKED, language: shownLanguage(), signal }),
      [akin, terms],
    ),
  );
  useTermChanges(terms, reload);
  return answer;
}
