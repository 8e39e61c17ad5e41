import { useEffect } from 'react';
import type { Ui } from '../ui.ts';
import { useObservable } from './use-observable.ts';

/**
 * Resets the view when the browser has deleted the library, queries when nothing is left, and people
 * in queries when all face data was deleted, in any tab.
 */
export function useDeleted({ akin, faces, navigation, queries, thumbs, chips, actions }: Ui): void {
  const storage = useObservable(akin.storage);
  const gallery = useObservable(akin.gallery);
  const isEmpty = gallery.status === 'open' && gallery.length === 0;
  const { report } = useObservable(faces.state);
  const hasNoFaces = report !== null && !report.on && report.people === 0 && report.scanned === 0;
  useEffect(() => {
    if (hasNoFaces) queries.forgetPeople();
  }, [hasNoFaces, queries]);
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
