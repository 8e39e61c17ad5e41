/** Inputs in which nothing is written. */
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

/** Whether text is written there: keys, pastes and dropped words belong to it. */
export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest(FIELDS) !== null || (target as HTMLElement).isContentEditable === true;
}
