/** The parts of a `KeyboardEvent` that tell which key it is. */
export type Key = Pick<KeyboardEvent, 'key' | 'code'>;

const FOREIGN_LETTER = /^(?!\p{Script=Latin})\p{L}$/u;
const QUESTION_MARKS: ReadonlySet<string> = new Set(['؟', '՞', '፧', '꘏']);

/**
 * The name by which a key is a shortcut: letters small, with Caps Lock or Shift too, and with the
 * letter that stands there on a Latin keyboard where the layout has none (Cyrillic, Greek, Hebrew).
 * Backspace is Delete, as keyboards without the latter have it in that place. Others as `event.key`.
 */
export function keyName({ key, code }: Key): string {
  if (key === 'Backspace') return 'Delete';
  // Full-width letters are what Japanese keyboards may write.
  const typed = [...key].length === 1 ? key.normalize('NFKC') : key;
  if (QUESTION_MARKS.has(typed)) return '?';
  if (FOREIGN_LETTER.test(typed) && /^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase();
  return typed.length === 1 ? typed.toLowerCase() : typed;
}
