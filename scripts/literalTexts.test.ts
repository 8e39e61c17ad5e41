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

/** Files whose text has not moved yet. */
const NOT_YET: readonly string[] = [
  'panels/engine-section.tsx',
  'panels/indexing/index-figures.tsx',
  'panels/indexing/index-section.tsx',
  'panels/indexing/index-work.tsx',
  'panels/indexing/kind-choice.tsx',
  'panels/indexing/measure-part.tsx',
  'panels/indexing/recall-chart.tsx',
  'panels/indexing/recall-table.tsx',
  'panels/indexing/run-button.tsx',
  'panels/indexing/spec-form.tsx',
  'panels/models/add-model.tsx',
  'panels/models/files-step.tsx',
  'panels/models/models-section.tsx',
  'panels/models/query-row.tsx',
  'panels/models/results-step.tsx',
  'panels/models/setup-step.tsx',
  'panels/models/trial-work.tsx',
  'panels/move-section.tsx',
  'panels/problems.tsx',
  'panels/settings.tsx',
  'panels/shortcuts.tsx',
  'panels/storage-section.tsx',
  'parts/move-bar.tsx',
  'pure/index-words.ts',
  'pure/model-words.ts',
  'pure/move-words.ts',
  'pure/spec-fields.ts',
  'pure/trial-choices.ts',
  'pure/trial-words.ts',
  'state/use-move-actions.ts',
];

describe('src/ui', () => {
  const files = readdirSync(UI, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith('text/'),
  );

  it.each(files.sort())('%s has its text in the catalogues', (file) => {
    const texts = literalTexts(file, readFileSync(join(UI, file), 'utf8'));
    if (NOT_YET.includes(file)) expect(texts).not.toEqual([]);
    else expect(texts).toEqual([]);
  });
});
