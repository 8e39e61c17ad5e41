import { useEffect, useRef } from 'react';
import { t } from '../../../text/t.ts';
import type { Ui } from '../../ui.ts';
import { useObservable } from '../use-observable.ts';

/** Shows a toast when the face scan of existing photos is done. */
export function useFacesNews({ akin, faces, navigation, showToast }: Ui): void {
  const { state } = useObservable(akin.faces.work);
  const looked = useRef(false);
  useEffect(() => {
    if (state === 'scanning') looked.current = true;
    if (state === 'stopped' || state === 'failed') looked.current = false;
    if (state !== 'idle' || !looked.current) return;
    looked.current = false;
    void faces.refresh().then(() => {
      const { report } = faces.state.get();
      if (!report?.on) return;
      showToast({
        text: t('faces.found', { count: report.faces }),
        ...(report.faces > 0 &&
          navigation.route.get().view !== 'people' && {
            action: {
              label: t('faces.openPeople'),
              run: () => navigation.push({ view: 'people' }),
            },
          }),
      });
    });
  }, [state, faces, navigation, showToast]);
}
