import { useCallback, useEffect, useRef } from 'react';
import type { FaceView, PersonPage } from '../../../protocol/index.ts';
import { useUi } from '../../state/ui.ts';
import { useFacesLoad } from '../../state/use-faces-load.ts';
import type { Loaded } from '../../state/use-load.ts';

/**
 * The page of a person. Where nobody has the key any more, it goes on to who has their face now:
 * groups are gathered anew as more is known; and where that is nobody, to all people.
 */
export function usePerson(key: string): Loaded<PersonPage> & { readonly reload: () => void } {
  const { akin, navigation, tell } = useUi();
  const page = useFacesLoad(useCallback(() => akin.faces.person(key), [akin, key]));
  const anchor = useRef<FaceView | null>(null);
  const { value } = page;
  if (value) {
    const cover = value.faces.find(({ id }) => id === value.person.cover);
    anchor.current = cover ?? value.faces[0] ?? anchor.current;
  }

  const gone = page.error?.code === 'not-found';
  useEffect(() => {
    if (!gone) return;
    let here = true;
    const face = anchor.current;
    const look = async () => {
      const faces = face === null ? [] : await akin.faces.ofPhoto(face.photoId);
      return faces.find(({ id }) => id === face?.id)?.person ?? null;
    };
    look().then(
      (person) => {
        if (!here) return;
        const route = navigation.route.get();
        if (person !== null && person.key !== key && route.view === 'person') {
          navigation.replace({ ...route, key: person.key });
          return;
        }
        tell({ text: 'There is nobody of this address any more' });
        navigation.replace({ view: 'people' });
      },
      () => {
        if (here) navigation.replace({ view: 'people' });
      },
    );
    return () => {
      here = false;
    };
  }, [gone, akin, navigation, tell, key]);

  return page;
}
