import { useEffect } from 'react';
import { useUi } from './ui.ts';

/** What takes dropped and pasted pictures in the library's place. */
export interface DropTaker {
  /** Told when files are over the page, and when they are no longer. */
  readonly over: (over: boolean) => void;
  readonly take: (files: readonly File[]) => void;
}

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
