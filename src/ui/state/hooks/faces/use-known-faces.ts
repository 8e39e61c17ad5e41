import { useCallback } from 'react';
import type { PersonView } from '../../../../protocol/index.ts';
import { useUi } from '../../ui.ts';
import { useObservable } from '../use-observable.ts';
import { useFacesLoad } from './use-faces-load.ts';

const NONE: readonly PersonView[] = [];

/** The named people in most photos, most first; none while faces are off. */
export function useKnownFaces(most: number): readonly PersonView[] {
  const { akin, faces } = useUi();
  const isOn = useObservable(faces.state).report?.on === true;
  const { value } = useFacesLoad(
    useCallback(async () => {
      if (!isOn) return NONE;
      const { people } = await akin.faces.people();
      return people
        .filter(({ name, hidden, cover }) => name !== '' && !hidden && cover !== null)
        .sort((a, b) => b.photos - a.photos)
        .slice(0, most);
    }, [akin, isOn, most]),
  );
  return value ?? NONE;
}
