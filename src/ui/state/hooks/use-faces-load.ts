import { useEffect, useRef } from 'react';
import { useUi } from '../ui.ts';
import { type Loaded, useLoad } from './use-load.ts';
import { useObservable } from './use-observable.ts';

/** Loads data about faces (memoize `load`), and reloads it whenever faces or people change. */
export function useFacesLoad<T>(
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> & { readonly reload: () => void } {
  const { akin } = useUi();
  const version = useObservable(akin.faces.version);
  const loaded = useLoad(load);
  const { reload } = loaded;
  const seen = useRef(version);
  useEffect(() => {
    if (seen.current === version) return;
    seen.current = version;
    reload();
  }, [version, reload]);
  return loaded;
}
