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
  'panels/faces/faces-section.tsx',
  'panels/faces/faces-work.tsx',
  'panels/faces/failed-faces.tsx',
  'panels/faces/people-log.tsx',
  'panels/faces/unread-steps.tsx',
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
  'parts/faces/draw-box.tsx',
  'parts/faces/face-deeds.tsx',
  'parts/faces/face-grid.tsx',
  'parts/faces/face-panel.tsx',
  'parts/faces/faces-bar.tsx',
  'parts/faces/faces-toggle.tsx',
  'parts/faces/name-field.tsx',
  'parts/faces/name-form.tsx',
  'parts/faces/name-scope.tsx',
  'parts/faces/person-picker.tsx',
  'parts/faces/photo-faces.tsx',
  'parts/faces/photo-strip.tsx',
  'parts/faces/ranked-people.tsx',
  'parts/faces/similar-among.tsx',
  'parts/move-bar.tsx',
  'pure/face-words.ts',
  'pure/index-words.ts',
  'pure/model-words.ts',
  'pure/move-words.ts',
  'pure/spec-fields.ts',
  'pure/trial-choices.ts',
  'pure/trial-words.ts',
  'screens/faces/ask-picture.tsx',
  'screens/faces/camera-view.tsx',
  'screens/faces/no-people.tsx',
  'screens/faces/people-line.tsx',
  'screens/faces/people.tsx',
  'screens/faces/person-bar.tsx',
  'screens/faces/person-faces.tsx',
  'screens/faces/person.tsx',
  'screens/faces/question-card.tsx',
  'screens/faces/selected-bar.tsx',
  'screens/faces/suggestions.tsx',
  'screens/faces/together.tsx',
  'screens/faces/use-person.ts',
  'state/people-actions.ts',
  'state/use-faces-news.ts',
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
