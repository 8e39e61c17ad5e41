import { useEffect } from 'react';
import { type DropTaker, useUi } from './ui.ts';

/** While the component is shown, `taker` gets what is dropped or pasted; memoize it. */
export function useDropTaker(taker: DropTaker): void {
  const { dropTaker } = useUi();
  useEffect(() => {
    dropTaker.set(taker);
    return () => {
      if (dropTaker.get() === taker) dropTaker.set(null);
    };
  }, [dropTaker, taker]);
}
