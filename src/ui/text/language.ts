import { useSyncExternalStore } from 'react';
import { en } from './en.ts';
import type { Messages } from './messages.ts';
import { setMessages } from './t.ts';

/** Supported languages, each under its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;
export type LanguageChoice = Language | 'auto';

const CATALOGUES: Record<Language, () => Promise<Messages>> = {
  en: async () => en,
  de: async () => (await import('./de.ts')).de,
};

const KEY = 'akin-language';
const listeners = new Set<() => void>();
let choice: LanguageChoice = 'auto';
let shown: Language = 'en';

/** Validates the stored value. */
export function readChoice(stored: string | null): LanguageChoice {
  return stored !== null && Object.hasOwn(LANGUAGES, stored) ? (stored as Language) : 'auto';
}

/** The user's first supported language, and the tag for formatting dates and numbers. */
export function languageFor(
  chosen: LanguageChoice,
  preferred: readonly string[],
): { readonly language: Language; readonly tag: string } {
  const base = (tag: string) => tag.toLowerCase().split('-')[0] ?? '';
  const spoken = (tag: string) => Object.hasOwn(LANGUAGES, base(tag));
  const language =
    chosen === 'auto' ? ((base(preferred.find(spoken) ?? 'en') as Language) ?? 'en') : chosen;
  return { language, tag: preferred.find((tag) => base(tag) === language) ?? language };
}

/** Loads the chosen language, or the browser's; called before the first render. */
export async function startLanguage(): Promise<void> {
  try {
    choice = readChoice(localStorage.getItem(KEY));
  } catch {
    // Storage may be denied; use the browser's language.
  }
  await show();
}

/** Switches the page to a language and remembers it. */
export async function chooseLanguage(chosen: LanguageChoice): Promise<void> {
  choice = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // As above: the choice then lasts for this page load.
  }
  await show();
}

async function show(): Promise<void> {
  const asked = choice;
  const { language, tag } = languageFor(asked, navigator.languages);
  const messages = await CATALOGUES[language]();
  if (asked !== choice) return; /* superseded by another choice */
  setMessages(tag, messages);
  shown = language;
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The current language. */
export const shownLanguage = (): Language => shown;

/** The current language; re-renders on change. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => shown);
}

/** The language chosen in Settings. */
export function useLanguageChoice(): LanguageChoice {
  return useSyncExternalStore(subscribe, () => choice);
}
