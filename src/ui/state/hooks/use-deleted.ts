import { useEffect } from 'react';
import type { Ui } from '../ui.ts';
import { useObservable } from './use-observable.ts';

/** Resets the view when the browser has deleted the library. */
export function useDeleted({ akin, navigation, thumbs, chips, actions }: Ui): void {
  const storage = useObservable(akin.storage);
  useEffect(() => {
    if (storage.state !== 'deleted') return;
    thumbs.clear();
    chips.clear();
    actions.forgetRemoved();
    navigation.home();
  }, [storage, thumbs, chips, actions, navigation]);
}
