import { createTranslator } from 'use-intl/core';
import { de } from '../../src/ui/text/de.ts';
import { en } from '../../src/ui/text/en.ts';
import type { Language } from '../../src/ui/text/language.ts';
import type { Translate } from '../../src/ui/text/t.ts';

const CATALOGUES = { en, de } as const;

/** Translates keys to a language, to find buttons by their text. */
export function speak(language: Language): Translate {
  return createTranslator({ locale: language, messages: CATALOGUES[language] as typeof en });
}
