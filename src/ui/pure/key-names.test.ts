import { expect, it } from 'vitest';
import { keyName } from './key-names.ts';

it.each([
  // what is typed, the place of the key, what it is
  ['f', 'KeyF', 'f'],
  ['F', 'KeyF', 'f'], // Caps Lock or Shift
  ['а', 'KeyF', 'f'], // Russian
  ['А', 'KeyF', 'f'],
  ['я', 'KeyZ', 'z'],
  ['φ', 'KeyF', 'f'], // Greek
  ['כ', 'KeyF', 'f'], // Hebrew
  ['ب', 'KeyF', 'f'], // Arabic
  ['ㄹ', 'KeyF', 'f'], // Korean
  ['ｆ', 'KeyF', 'f'], // Japanese, full width
  // The letter counts and not its place where the layout has it.
  ['f', 'KeyY', 'f'], // Dvorak
  ['y', 'KeyF', 'y'],
  ['z', 'KeyW', 'z'], // AZERTY
  ['y', 'KeyZ', 'y'], // QWERTZ
  [';', 'KeyZ', ';'],
  ['à', 'KeyX', 'à'], // BÉPO
  ['ö', 'Semicolon', 'ö'],
  ['ж', 'Semicolon', 'ж'],
  ['?', 'Slash', '?'],
  ['?', 'Minus', '?'], // German
  ['؟', 'Slash', '?'],
  ['？', 'Slash', '?'],
  ['Delete', 'Delete', 'Delete'],
  ['Backspace', 'Backspace', 'Delete'],
  ['ArrowLeft', 'ArrowLeft', 'ArrowLeft'],
  [' ', 'Space', ' '],
  ['Dead', 'KeyF', 'Dead'],
])('knows %j at %s as %j', (key, code, name) => {
  expect(keyName({ key, code })).toBe(name);
});
