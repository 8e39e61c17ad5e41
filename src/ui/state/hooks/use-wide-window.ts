import { useSyncExternalStore } from 'react';

/** The same width as in the style sheets: below it is a phone. */
const QUERY = '(min-width: 600px)';

/** Whether the window is wider than a phone, for what CSS alone can't arrange. */
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
