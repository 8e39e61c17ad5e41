import { createTranslator } from 'use-intl/core';
import { en } from './en.ts';
import type { Messages } from './messages.ts';

/** Looks up a message by its key and fills in its values; the compiler checks both. */
export type Translate = ReturnType<typeof createTranslator<typeof en>>;

function translateIn(locale: string, messages: Messages): Translate {
  // Every language has the keys and arguments of English: `catalogues.test.ts`.
  return createTranslator({ locale, messages: messages as typeof en });
}

/**
 * The text of the page in the language that is shown: `t('common.photos', { count: 3 })`, or `t.rich`
 * where a message has tags. Read it while drawing, never when a module loads.
 */
export let t: Translate = translateIn('en', en);

/** BCP 47 tag by which numbers and dates are written, such as `en-GB`. */
export let locale = 'en';

/** Shows the page in another language from the next drawing on. */
export function setMessages(tag: string, messages: Messages): void {
  t = translateIn(tag, messages);
  locale = tag;
}
