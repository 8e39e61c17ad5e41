/** Input types without text. */
const NO_TEXT = [
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
];

const FIELDS = `input${NO_TEXT.map((type) => `:not([type="${type}"])`).join('')}, textarea`;

/** Whether the element is a text field, which handles keys, pastes and dropped text itself. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(FIELDS) !== null || (target as HTMLElement).isContentEditable === true;
}
