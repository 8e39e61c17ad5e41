import { useEffect } from 'react';
import type { ImportItem } from '../../protocol/index.ts';
import { useUi } from './ui.ts';

/** What takes dropped and pasted files in the library's place: the first of them, or all. */
export type DropTaker = {
  /** Told when files are over the page, and when they are no longer. */
  readonly over: (over: boolean) => void;
} & (
  | { readonly take: (files: readonly File[]) => void }
  | { readonly takeAll: (found: AsyncIterable<readonly ImportItem[]>) => void }
);

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
