import { useSyncExternalStore } from 'react';
import { en } from './en.ts';
import type { Messages } from './messages.ts';
import { setMessages } from './t.ts';

/** Languages that the page speaks, each with its name in itself. */
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

/** What is stored is only trusted if it is one of ours. */
export function readChoice(stored: string | null): LanguageChoice {
  return stored !== null && Object.hasOwn(LANGUAGES, stored) ? (stored as Language) : 'auto';
}

/** The first of the person's languages that the page speaks, and the tag for its dates and numbers. */
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

/** Loads the language that was chosen, or the browser's; called before the first drawing. */
export async function startLanguage(): Promise<void> {
  try {
    choice = readChoice(localStorage.getItem(KEY));
  } catch {
    // Storage may be denied: the browser's language it is.
  }
  await show();
}

/** Switches the page to a language, for this visit and the next ones. */
export async function chooseLanguage(chosen: LanguageChoice): Promise<void> {
  choice = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // As above: it then lasts as long as the page.
  }
  await show();
}

async function show(): Promise<void> {
  const asked = choice;
  const { language, tag } = languageFor(asked, navigator.languages);
  const messages = await CATALOGUES[language]();
  if (asked !== choice) return; /* another was chosen meanwhile */
  setMessages(tag, messages);
  shown = language;
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The language that is shown. */
export const shownLanguage = (): Language => shown;

/** The language that is shown, followed by a component. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => shown);
}

/** What was chosen in Settings. */
export function useLanguageChoice(): LanguageChoice {
  return useSyncExternalStore(subscribe, () => choice);
}
