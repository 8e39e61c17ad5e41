import { type RefObject, useEffect } from 'react';

/**
 * When the content changes and the focused element is gone, moves the focus to `home`; otherwise
 * keyboard users would start over at the top.
 *
 * @param shown changes identity with the content
 */
export function useFocusHome(home: RefObject<HTMLElement | null>, shown: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on each change of the content
  useEffect(() => {
    if (document.activeElement === document.body) home.current?.focus({ preventScroll: true });
  }, [home, shown]);
}
