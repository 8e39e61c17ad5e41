/** The parts of a `KeyboardEvent` that identify a key. */
export type Key = Pick<KeyboardEvent, 'key' | 'code'>;

const FOREIGN_LETTER = /^(?!\p{Script=Latin})\p{L}$/u;
const QUESTION_MARKS: ReadonlySet<string> = new Set(['؟', '՞', '፧', '꘏']);

/**
 * Name of a key for shortcuts: lower-case letters regardless of Caps Lock and Shift; on layouts
 * without Latin letters (Cyrillic, Greek, Hebrew), the letter in that position on a Latin keyboard.
 * Backspace maps to Delete, which some keyboards lack. Other keys keep `event.key`.
 */
export function keyName({ key, code }: Key): string {
  if (key === 'Backspace') return 'Delete';
  // Japanese keyboards may produce full-width letters.
  const typed = [...key].length === 1 ? key.normalize('NFKC') : key;
  if (QUESTION_MARKS.has(typed)) return '?';
  if (FOREIGN_LETTER.test(typed) && /^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase();
  return typed.length === 1 ? typed.toLowerCase() : typed;
}
