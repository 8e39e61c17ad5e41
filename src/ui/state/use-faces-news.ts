import { useEffect, useRef } from 'react';
import { plural } from '../pure/format.ts';
import type { Ui } from './ui.ts';
import { useObservable } from './use-observable.ts';

/** Tells when all photos of before have been looked through for faces. */
export function useFacesNews({ akin, faces, navigation, tell }: Ui): void {
  const { state } = useObservable(akin.faces.work);
  const looked = useRef(false);
  useEffect(() => {
    if (state === 'looking') looked.current = true;
    if (state === 'stopped' || state === 'failed') looked.current = false;
    if (state !== 'idle' || !looked.current) return;
    looked.current = false;
    void faces.refresh().then(() => {
      const { report } = faces.state.get();
      if (!report?.on) return;
      if (report.faces === 0) {
        tell({ text: 'No faces were found in your photos' });
        return;
      }
      tell({
        text: `${plural(report.faces, 'face')} found in your photos`,
        ...(navigation.route.get().view !== 'people' && {
          action: { label: 'Show people', run: () => navigation.push({ view: 'people' }) },
        }),
      });
    });
  }, [state, faces, navigation, tell]);
}
