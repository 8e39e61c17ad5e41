import { useEffect } from 'react';
import type { PeopleSearch } from '../../protocol/index.ts';
import type { Route } from '../pure/route.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';
import { Opening } from './waiting.tsx';

type OldRoute = Extract<Route, { view: 'person' | 'together' }>;

/**
 * Resolves a URL of an earlier version, which named people by the hash of a photo. It has already
 * been removed from the history; once resolved, the view continues under an opaque URL.
 */
export function OldAddress({ route }: { route: OldRoute }) {
  const { akin, navigation, showToast } = useUi();
  useEffect(() => {
    let here = true;
    const keyNow = async (old: string) =>
      akin.faces.person(old).then(
        ({ person }) => person.key,
        () => null /* no longer exists */,
      );
    const keysNow = async (old: readonly string[] = []) =>
      (await Promise.all(old.map(keyNow))).filter((key) => key !== null);
    const find = async (): Promise<Route | null> => {
      if (route.view === 'person') {
        const key = await keyNow(route.key);
        return key === null ? null : { ...route, key };
      }
      const { all, any, none } = route.search;
      const search: PeopleSearch = {
        all: await keysNow(all),
        any: await keysNow(any),
        none: await keysNow(none),
      };
      return { view: 'together', search };
    };
    void find().then((found) => {
      if (!here) return;
      if (found === null) showToast({ text: t('person.gone') });
      navigation.replace(found ?? { view: 'people' });
    });
    return () => {
      here = false;
    };
  }, [akin, navigation, showToast, route]);
  return <Opening />;
}
