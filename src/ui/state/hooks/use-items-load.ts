import { useCallback, useEffect, useRef } from 'react';
import type { ItemView } from '../../../protocol/index.ts';
import { useUi } from '../ui.ts';
import { type Loaded, useLoad } from './use-load.ts';
import { useObservable } from './use-observable.ts';

/** Loads data about items (memoize `load`), and reloads it whenever items change. */
export function useItemsLoad<T>(
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> & { readonly reload: () => void } {
  const { akin } = useUi();
  const version = useObservable(akin.items.version);
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

/** All items, by title; `null` until they are loaded. */
export function useItems(): readonly ItemView[] | null {
  const { akin } = useUi();
  return useItemsLoad(useCallback(() => akin.items.list(), [akin])).value;
}
