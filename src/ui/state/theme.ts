import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'akin-theme';
const listeners = new Set<() => void>();

/** Validates the stored value. */
export function readTheme(stored: string | null): Theme {
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

function saved(): Theme {
  try {
    return readTheme(localStorage.getItem(KEY));
  } catch {
    // Storage may be denied; the theme then lasts for this page load.
    return readTheme(document.documentElement.dataset.theme ?? null);
  }
}

/** Applies the saved theme; called before the first paint. */
export function applyTheme(theme: Theme = saved()): void {
  document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // As above.
  }
  applyTheme(theme);
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => readTheme(document.documentElement.dataset.theme ?? null),
  );
}
