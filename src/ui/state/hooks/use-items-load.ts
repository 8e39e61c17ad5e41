import { useCallback } from 'react';
import type { ItemView } from '../../../protocol/index.ts';
import { useUi } from '../ui.ts';
import type { Loaded } from './use-load.ts';
import { useVersionedLoad } from './use-versioned-load.ts';

/** Loads data about items (memoize `load`), and reloads it whenever items change. */
export function useItemsLoad<T>(
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> & { readonly reload: () => void } {
  const { akin } = useUi();
  return useVersionedLoad(akin.items.version, load);
}

/** All items, by title; `null` until they are loaded. */
export function useItems(): readonly ItemView[] | null {
  const { akin } = useUi();
  return useItemsLoad(useCallback(() => akin.items.list(), [akin])).value;
}
