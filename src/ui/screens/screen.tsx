import { Suspense, useEffect, useState } from 'react';
import { chunks } from '../chunks.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { isOpaque } from '../pure/route.ts';
import { viewTitle } from '../pure/view-title.ts';
import { newGridMemory } from '../state/grid-memory.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { useUi } from '../state/ui.ts';
import { OldAddress } from './old-address.tsx';
import { FirstPhotos, OpenFailed, Opening } from './waiting.tsx';
import { Welcome } from './welcome.tsx';

// Not needed for an empty library, so the first visit renders before they load.
const Gallery = lazyPart(chunks.gallery);
const Photo = lazyPart(chunks.photo);
const Trash = lazyPart(chunks.trash);
const People = lazyPart(chunks.people);
const Person = lazyPart(chunks.person);
const Together = lazyPart(chunks.together);
const Items = lazyPart(chunks.items);
const Item = lazyPart(chunks.item);
const Search = lazyPart(chunks.search);
const LibraryMap = lazyPart(chunks.map);
const Lab = lazyPart(chunks.lab);
const Compare = lazyPart(chunks.compare);

/** The current view, or whatever blocks it. */
export function Screen() {
  const { akin, navigation } = useUi();
  const route = useObservable(navigation.route);
  const gallery = useObservable(akin.gallery);
  const [memory] = useState(newGridMemory);
  const title = viewTitle(route);
  useEffect(() => {
    document.title = title;
  }, [title]);

  if (gallery.status === 'failed') return <OpenFailed error={gallery.error} />;
  if (gallery.status === 'opening') return <Opening />;
  if (route.view === 'gallery' && gallery.length === 0) return <NoPhotos />;
  if ((route.view === 'person' || route.view === 'together') && !isOpaque(route)) {
    return <OldAddress route={route} />;
  }
  return (
    <Suspense fallback={<Opening />}>
      {route.view === 'gallery' && (
        <Gallery gallery={gallery} sort={route.sort ?? 'taken'} memory={memory} />
      )}
      {route.view === 'photo' && (
        <Photo key={route.id} id={route.id} face={route.face ?? null} gallery={gallery} />
      )}
      {route.view === 'trash' && <Trash gallery={gallery} />}
      {route.view === 'people' && <People gallery={gallery} />}
      {route.view === 'person' && (
        <Person id={route.key} part={route.part ?? 'photos'} gallery={gallery} />
      )}
      {route.view === 'items' && <Items gallery={gallery} />}
      {route.view === 'item' && <Item id={route.key} gallery={gallery} />}
      {route.view === 'search' && <Search query={route.query} gallery={gallery} />}
      {route.view === 'map' && <LibraryMap query={route.query} gallery={gallery} />}
      {route.view === 'lab' && <Lab chapter={route.chapter} step={route.step ?? 1} />}
      {route.view === 'compare' && <Compare photos={route.photos} gallery={gallery} />}
      {route.view === 'together' && <Together search={route.search} gallery={gallery} />}
    </Suspense>
  );
}

/** A separate component, so that import events don't re-render the gallery. */
function NoPhotos() {
  const { akin } = useUi();
  const { state } = useObservable(akin.progress);
  return state === 'running' || state === 'paused' ? <FirstPhotos /> : <Welcome />;
}
