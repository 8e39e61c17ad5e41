import { useState } from 'react';
import type { AkinError } from '../../../engine/index.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { useUi } from '../../state/ui.ts';

/** Lays out the map on request. */
export interface LayOut {
  readonly start: () => void;
  readonly cancel: () => void;
  /** The layout is there, if perhaps not on the screen yet. */
  readonly isDone: boolean;
  /** Why the last request failed; `null` if it didn't, or was canceled. */
  readonly error: AkinError | null;
}

/** @param hasMap whether there is a map on the screen */
export function useLayOut(hasMap: boolean): LayOut {
  const { akin } = useUi();
  const [isDone, setDone] = useState(false);
  const [error, setError] = useState<AkinError | null>(null);
  // Once it was seen, the map may go again: with its photos, or for that of another model.
  if (hasMap && isDone) setDone(false);
  return {
    error,
    isDone,
    start: () => {
      setError(null);
      setDone(false);
      akin.map.layOut().then(
        () => setDone(true),
        (thrown) => {
          const failure = akinError(thrown);
          if (failure.code !== 'aborted') setError(failure);
        },
      );
    },
    // A layout that has just ended has nothing to cancel.
    cancel: () => void akin.map.cancel().catch(() => {}),
  };
}
