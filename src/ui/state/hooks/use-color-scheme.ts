import { useSyncExternalStore } from 'react';
import { useTheme } from '../theme.ts';

/** The effective color scheme, for what CSS doesn't paint. */
export function useColorScheme(): 'light' | 'dark' {
  const theme = useTheme();
  const systemDark = useSyncExternalStore(
    (listener) => {
      const query = matchMedia('(prefers-color-scheme: dark)');
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia('(prefers-color-scheme: dark)').matches,
  );
  if (theme !== 'system') return theme;
  return systemDark ? 'dark' : 'light';
}
