import { useCallback, useEffect, useState } from 'react';
import { AkinError } from '../../../engine/index.ts';

export type Loaded<T> =
  | { readonly status: 'loading'; readonly value: null; readonly error: null }
  | { readonly status: 'ready'; readonly value: T; readonly error: null }
  | { readonly status: 'failed'; readonly value: null; readonly error: AkinError };

const LOADING = { status: 'loading', value: null, error: null } as const;

/** Converts anything thrown to an error with a user-facing message. */
export function akinError(thrown: unknown): AkinError {
  if (thrown instanceof AkinError) return thrown;
  return new AkinError('internal', thrown instanceof Error ? thrown.message : String(thrown));
}

/**
 * Loads data when `load` changes (memoize it) and on `reload`. A superseded load is aborted and its
 * result dropped; a reload keeps the old value until the new one arrives.
 */
export function useLoad<T>(
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> & { readonly reload: () => void } {
  const [state, setState] = useState<{ load: unknown; loaded: Loaded<T> }>({
    load,
    loaded: LOADING,
  });
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn triggers a reload
  useEffect(() => {
    const controller = new AbortController();
    const settle = (loaded: Loaded<T>) => {
      if (!controller.signal.aborted) setState({ load, loaded });
    };
    load(controller.signal).then(
      (value) => settle({ status: 'ready', value, error: null }),
      (thrown) => settle({ status: 'failed', value: null, error: akinError(thrown) }),
    );
    return () => controller.abort();
  }, [load, turn]);
  // Never show data loaded for another `load`, not even for one frame.
  return { ...(state.load === load ? state.loaded : LOADING), reload };
}
