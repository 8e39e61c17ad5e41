import { lazy, Suspense, useState } from 'react';
import { newGridMemory } from '../parts/photo-grid.tsx';
import { useUi } from '../state/ui.ts';
import { useObservable } from '../state/use-observable.ts';
import { Gallery } from './gallery.tsx';
import { Photo } from './photo.tsx';
import { FirstPhotos, OpenFailed, Opening } from './waiting.tsx';
import { Welcome } from './welcome.tsx';

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
  if (route.view === 'photo') return <Photo key={route.id} id={route.id} gallery={gallery} />;
  if (route.view === 'bin') {
    return (
      <Suspense fallback={<Opening />}>
        <Bin gallery={gallery} />
      </Suspense>
    );
  }
  if (gallery.length > 0) return <Gallery gallery={gallery} memory={memory} />;
  if (progress.state === 'idle' || progress.state === 'done') return <Welcome />;
  return <FirstPhotos />;
}
