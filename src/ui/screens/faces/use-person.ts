import { useCallback, useEffect, useRef } from 'react';
import type { AkinError } from '../../../engine/index.ts';
import type { FaceView, PersonPage } from '../../../protocol/index.ts';
import { useFacesLoad } from '../../state/hooks/faces/use-faces-load.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';

interface PersonState {
  /** `null` until loaded. */
  readonly page: PersonPage | null;
  readonly error: AkinError | null;
  /**
   * Declares that this key is the same person: their page stays until it has loaded under the new
   * key.
   */
  readonly carry: (key: string) => void;
}

/**
 * Loads a person's page. If the key no longer exists, as reclustering changes groups, redirects to
 * the person who has their face now, or else to the list of people.
 */
export function usePerson(key: string): PersonState {
  const { akin, navigation, showToast } = useUi();
  const { value, error } = useFacesLoad(useCallback(() => akin.faces.person(key), [akin, key]));
  const last = useRef<{ page: PersonPage; keys: Set<string> } | null>(null);
  if (value) last.current = { page: value, keys: new Set([key]) };
  const carry = useCallback((to: string) => void last.current?.keys.add(to), []);
  const standing = last.current?.keys.has(key) ? last.current.page : null;

  const gone = error?.code === 'not-found';
  useEffect(() => {
    if (!gone) return;
    let here = true;
    const face = last.current?.keys.has(key) ? anchorOf(last.current.page) : null;
    const look = async () => {
      const faces = face === null ? [] : await akin.faces.ofPhoto(face.photoId);
      return faces.find(({ id }) => id === face?.id)?.person ?? null;
    };
    look().then(
      (person) => {
        if (!here) return;
        const route = navigation.route.get();
        if (person !== null && person.key !== key && route.view === 'person') {
          carry(person.key);
          navigation.replace({ ...route, key: person.key });
          return;
        }
        showToast({ text: t('person.gone') });
        navigation.replace({ view: 'people' });
      },
      () => {
        if (here) navigation.replace({ view: 'people' });
      },
    );
    return () => {
      here = false;
    };
  }, [gone, akin, navigation, showToast, key, carry]);

  return { page: value ?? (error && !gone ? null : standing), error, carry };
}

/** The representative face: the person is whoever has it. */
function anchorOf({ person, faces }: PersonPage): FaceView | null {
  return faces.find(({ id }) => id === person.cover) ?? faces[0] ?? null;
}
