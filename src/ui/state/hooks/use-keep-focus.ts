import { type RefObject, useLayoutEffect } from 'react';

/**
 * When an element goes away while the focus is in it, gives the focus to one that stays: else the
 * keyboard would have to begin anew at the top.
 *
 * @param goes what goes away together with the component that uses this
 * @param stays finds what takes the focus
 */
export function useKeepFocus(
  goes: RefObject<HTMLElement | null>,
  stays: () => HTMLElement | null | undefined,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of the component matters
  useLayoutEffect(() => {
    const element = goes.current;
    return () => {
      if (element?.contains(document.activeElement)) stays()?.focus();
    };
  }, []);
}
