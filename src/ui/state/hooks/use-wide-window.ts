import { useSyncExternalStore } from 'react';

/** Same breakpoint as in the style sheets; narrower windows count as phones. */
const QUERY = '(min-width: 600px)';

/** Whether the window is wider than a phone, for layout that CSS alone can't do. */
export function useWideWindow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(QUERY);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(QUERY).matches,
  );
}
