import { useEffect } from 'react';
import { useUi } from './ui.ts';

/** What takes dropped and pasted pictures in the library's place, and what is said of it. */
export interface DropTaker {
  readonly title: string;
  readonly detail: string;
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
