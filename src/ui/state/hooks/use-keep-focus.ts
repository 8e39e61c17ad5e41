import { type RefObject, useLayoutEffect } from 'react';

/**
 * When an element is removed while focused, moves the focus to one that stays; otherwise keyboard
 * users would start over at the top.
 *
 * @param goes the element that is removed together with the calling component
 * @param stays returns the element to focus
 */
export function useKeepFocus(
  goes: RefObject<HTMLElement | null>,
  stays: () => HTMLElement | null | undefined,
  options?: FocusOptions,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: run only on unmount
  useLayoutEffect(() => {
    const element = goes.current;
    return () => {
      if (element?.contains(document.activeElement)) stays()?.focus(options);
    };
  }, []);
}
