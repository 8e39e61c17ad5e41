import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { de } from './de.ts';
import { en } from './en.ts';
import type { Messages } from './messages.ts';

const CATALOGUES: Record<string, Messages> = { en, de };

function entries(messages: object, path = ''): [key: string, message: string][] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : entries(value, `${path}${key}.`),
  );
}

/** Arguments and tags of a message as `name:kind`, plus its plural categories. */
function shape(elements: readonly MessageFormatElement[]) {
  const args = new Set<string>();
  const plurals: string[][] = [];
  const visit = (list: readonly MessageFormatElement[]) => {
    for (const element of list) {
      if (element.type === TYPE.plural) plurals.push(Object.keys(element.options));
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        args.add(`${element.value}:value`);
        for (const option of Object.values(element.options)) visit(option.value);
      } else if (element.type === TYPE.tag) {
        args.add(`${element.value}:tag`);
        visit(element.children);
      } else if (element.type !== TYPE.literal && element.type !== TYPE.pound) {
        args.add(`${element.value}:value`);
      }
    }
  };
  visit(elements);
  return { args: [...args].sort(), plurals };
}

describe.each(Object.entries(CATALOGUES))('the %s catalog', (language, messages) => {
  const translated = new Map(entries(messages));
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();

  it('has the same keys as English', () => {
    expect([...translated.keys()].sort()).toEqual(
      entries(en)
        .map(([key]) => key)
        .sort(),
    );
  });

  it('has the required arguments and plural forms in each message', () => {
    for (const [key, english] of entries(en)) {
      const message = translated.get(key) ?? '';
      expect(message.trim(), key).toBe(message);
      expect(message, key).not.toBe('');
      // In ICU MessageFormat a straight apostrophe starts quoting, so text uses the typographic
      // one.
      expect(message, key).not.toMatch(/['"]/);
      const { args, plurals } = shape(parse(message));
      expect(args, key).toEqual(shape(parse(english)).args);
      for (const forms of plurals)
        expect(forms, key).toEqual(expect.arrayContaining(pluralCategories));
    }
  });
});
