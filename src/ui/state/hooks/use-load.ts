import { useCallback, useEffect, useState } from 'react';
import { AkinError } from '../../../engine/index.ts';

export type Loaded<T> =
  | { readonly status: 'loading'; readonly value: null; readonly error: null }
  | { readonly status: 'ready'; readonly value: T; readonly error: null }
  | { readonly status: 'failed'; readonly value: null; readonly error: AkinError };

const LOADING = { status: 'loading', value: null, error: null } as const;

/** What was thrown, as an error with a message for the person. */
export function akinError(thrown: unknown): AkinError {
  if (thrown instanceof AkinError) return thrown;
  return new AkinError('internal', thrown instanceof Error ? thrown.message : String(thrown));
}

/**
 * Loads something when `load` changes (memoize it), and again when `reload` is called. A load that
 * was overtaken is aborted and its answer dropped; a reload keeps the old value until the new is there.
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is what reloading is
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
  // What was loaded for something else must not be shown for this, not even for one frame.
  return { ...(state.load === load ? state.loaded : LOADING), reload };
}
