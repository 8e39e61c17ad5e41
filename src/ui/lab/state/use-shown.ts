import { useCallback, useEffect, useState } from 'react';
import type { AkinError } from '../../../engine/index.ts';
import { akinError } from '../../state/hooks/use-load.ts';

/** The latest answer of the Lab; it stays until the next one is there. */
export interface Shown<T> {
  readonly value: T | null;
  /** Whether it is the answer to what is asked for now. */
  readonly isCurrent: boolean;
  readonly error: AkinError | null;
  readonly retry: () => void;
}

/**
 * Asks when `ask` changes (memoize it). What was asked before is aborted, and its answer dropped.
 */
export function useShown<T>(ask: (signal: AbortSignal) => Promise<T>): Shown<T> {
  const [state, setState] = useState<{
    ask: unknown;
    turn: number;
    value: T | null;
    error: AkinError | null;
  }>({ ask: null, turn: 0, value: null, error: null });
  const [turn, setTurn] = useState(0);
  const retry = useCallback(() => setTurn((n) => n + 1), []);
  useEffect(() => {
    const controller = new AbortController();
    const settle = (change: { value?: T; error: AkinError | null }) => {
      if (!controller.signal.aborted) setState((old) => ({ ...old, ...change, ask, turn }));
    };
    ask(controller.signal).then(
      (value) => settle({ value, error: null }),
      (thrown) => settle({ error: akinError(thrown) }),
    );
    return () => controller.abort();
  }, [ask, turn]);
  const isCurrent = state.ask === ask && state.turn === turn;
  return {
    value: state.value,
    isCurrent: isCurrent && state.error === null,
    error: isCurrent ? state.error : null,
    retry,
  };
}
