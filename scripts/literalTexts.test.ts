import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { literalTexts } from './literalTexts.ts';

const UI = 'src/ui';

describe('literalTexts', () => {
  it.each([
    ['text in JSX', '<p>One photo</p>', ['One photo']],
    ['an attribute', '<img alt="A photo" className="tile wide" />', ['A photo']],
    ['a word with a capital', 'showToast({ text: "Undone" })', ['Undone']],
    [
      'a template',
      ['showToast(`No photo in $', '{name} shows that`)'].join(''),
      ['No photo in ', ' shows that'],
    ],
    [
      'no key, selector or error',
      `if (key === "Enter") el.closest("a .b"); throw new Error("Not so")`,
      [],
    ],
    ['no key of a message', '<p>{t("trash.empty now")}</p>', []],
  ])('finds %s', (_, source, expected) => {
    expect(literalTexts('a.tsx', source)).toEqual(expected);
  });
});

describe('src/ui', () => {
  const files = readdirSync(UI, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith('text/'),
  );

  it('has all its text in the catalogs', () => {
    const found = files.flatMap((file) =>
      literalTexts(file, readFileSync(join(UI, file), 'utf8')).map((text) => `${file}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});
