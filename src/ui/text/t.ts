import { createTranslator } from 'use-intl/core';
import { en } from './en.ts';
import type { Messages } from './messages.ts';

/** Looks up a message by key and inserts its arguments; both are type-checked. */
export type Translate = ReturnType<typeof createTranslator<typeof en>>;

function translateIn(locale: string, messages: Messages): Translate {
  // Every language has the keys and arguments of English, as `catalogues.test.ts` checks.
  return createTranslator({ locale, messages: messages as typeof en });
}

/**
 * Text in the current language: `t('common.photos', { count: 3 })`, or `t.rich` for messages with
 * tags. Call it during render, never at module load.
 */
export let t: Translate = translateIn('en', en);

/** BCP 47 tag for formatting numbers and dates, such as `en-GB`. */
export let locale = 'en';

/** Switches the language of subsequent renders. */
export function setMessages(tag: string, messages: Messages): void {
  t = translateIn(tag, messages);
  locale = tag;
}
