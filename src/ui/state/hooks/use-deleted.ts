import { useEffect } from 'react';
import type { Ui } from '../ui.ts';
import { useObservable } from './use-observable.ts';

/** Resets the view when the browser has deleted the library, and queries when nothing is left. */
export function useDeleted({ akin, navigation, queries, thumbs, chips, actions }: Ui): void {
  const storage = useObservable(akin.storage);
  const gallery = useObservable(akin.gallery);
  const isEmpty = gallery.status === 'open' && gallery.length === 0;
  useEffect(() => {
    if (isEmpty) queries.clear();
  }, [isEmpty, queries]);
  useEffect(() => {
    if (storage.state !== 'deleted') return;
    thumbs.clear();
    chips.clear();
    actions.forgetRemoved();
    queries.clear();
    navigation.home();
  }, [storage, thumbs, chips, actions, navigation, queries]);
}
