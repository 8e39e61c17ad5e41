import { useEffect, useRef } from 'react';
import { keyName } from '../../pure/key-names.ts';
import { isTextField } from '../fields.ts';

/** Whether a key pressed there belongs to the page, and not to a field, a dialog or a menu. */
export function isPageKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (isTextField(event.target)) return false;
  if (!(event.target instanceof Element)) return true;
  // There keys have a meaning of their own.
  return !event.target.closest(
    'input, textarea, select, [role="dialog"], [role="alertdialog"], [role="menu"]',
  );
}

/**
 * Hears keys pressed anywhere on the page that nothing nearer has taken.
 *
 * @param press does what the key says, by its `keyName`; returns whether it is one of its keys
 */
export function useKeys(press: (key: string) => boolean): void {
  const latest = useRef(press);
  useEffect(() => {
    latest.current = press;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !isPageKey(event)) return;
      if (latest.current(keyName(event))) event.preventDefault();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, []);
}
