import { useEffect, useRef } from 'react';
import type { Observable } from '../../../engine/index.ts';
import { type Loaded, useLoad } from './use-load.ts';
import { useObservable } from './use-observable.ts';

/** Loads data (memoize `load`), and reloads it whenever `version` changes. */
export function useVersionedLoad<T>(
  version: Observable<number>,
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> & { readonly reload: () => void } {
  const now = useObservable(version);
  const loaded = useLoad(load);
  const { reload } = loaded;
  const seen = useRef(now);
  useEffect(() => {
    if (seen.current === now) return;
    seen.current = now;
    reload();
  }, [now, reload]);
  return loaded;
}
