import { useUi } from '../../ui.ts';
import type { Loaded } from '../use-load.ts';
import { useVersionedLoad } from '../use-versioned-load.ts';

/** Loads data about faces (memoize `load`), and reloads it whenever faces or people change. */
export function useFacesLoad<T>(
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> & { readonly reload: () => void } {
  const { akin } = useUi();
  return useVersionedLoad(akin.faces.version, load);
}
