import { expect, it } from 'vitest';
import { keyName } from './key-names.ts';

it.each([
  // key, code, expected name
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
  // Where the layout has Latin letters, the letter counts, not the position.
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
])('maps %j at %s to %j', (key, code, name) => {
  expect(keyName({ key, code })).toBe(name);
});
