import { type RefObject, useEffect } from 'react';

/**
 * When what is shown changes and what had the focus went with it, gives the focus to `home`: else
 * the keyboard would have to begin anew at the top.
 *
 * @param shown another value each time it changes
 */
export function useFocusHome(home: RefObject<HTMLElement | null>, shown: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change is what it waits for
  useEffect(() => {
    if (document.activeElement === document.body) home.current?.focus({ preventScroll: true });
  }, [home, shown]);
}
