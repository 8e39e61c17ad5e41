import { lazy, Suspense, useState } from 'react';
import { newGridMemory } from '../state/grid-memory.ts';
import { useUi } from '../state/ui.ts';
import { useObservable } from '../state/use-observable.ts';
import { FirstPhotos, OpenFailed, Opening } from './waiting.tsx';
import { Welcome } from './welcome.tsx';

// An empty library needs none of these: the first visit loads what it shows.
const Gallery = lazy(() => import('./gallery.tsx'));
const Photo = lazy(() => import('./photo.tsx'));
const Bin = lazy(() => import('./bin.tsx'));

/** The view that the address names, or what stands in its way. */
export function Screen() {
  const { akin, navigation } = useUi();
  const route = useObservable(navigation.route);
  const gallery = useObservable(akin.gallery);
  const progress = useObservable(akin.progress);
  const [memory] = useState(newGridMemory);

  if (gallery.status === 'failed') return <OpenFailed error={gallery.error} />;
  if (gallery.status === 'opening') return <Opening />;
  const importing = progress.state === 'running' || progress.state === 'paused';
  if (route.view === 'gallery' && gallery.length === 0) {
    return importing ? <FirstPhotos /> : <Welcome />;
  }
  return (
    <Suspense fallback={<Opening />}>
      {route.view === 'gallery' && <Gallery gallery={gallery} memory={memory} />}
      {route.view === 'photo' && <Photo key={route.id} id={route.id} gallery={gallery} />}
      {route.view === 'bin' && <Bin gallery={gallery} />}
    </Suspense>
  );
}
