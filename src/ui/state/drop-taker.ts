import { useEffect } from 'react';
import { type DropTaker, useUi } from './ui.ts';

/** Routes dropped and pasted files to `taker` while mounted; memoize it. */
export function useDropTaker(taker: DropTaker): void {
  const { dropTaker } = useUi();
  useEffect(() => {
    dropTaker.set(taker);
    return () => {
      if (dropTaker.get() === taker) dropTaker.set(null);
    };
  }, [dropTaker, taker]);
}
