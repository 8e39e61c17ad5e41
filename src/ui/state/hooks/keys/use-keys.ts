import { useEffect } from 'react';
import { keyName } from '../../../pure/key-names.ts';
import { isTextField } from '../../fields.ts';
import { useLatest } from '../use-latest.ts';

/** Whether a key event belongs to the page rather than to a field, dialog or menu. */
export function isPageKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  if (isTextField(event.target)) return false;
  if (!(event.target instanceof Element)) return true;
  // These handle keys themselves.
  return !event.target.closest(
    'input, textarea, select, [role="dialog"], [role="alertdialog"], [role="menu"]',
  );
}

/** Handles Ctrl or Cmd and `key`, a `keyName`, wherever the focus is on the page. */
export function useCtrlKey(key: string, press: () => void): void {
  const latest = useLatest(press);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (!isPageKey(event) || keyName(event) !== key) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [key, latest]);
}

/**
 * Handles keys pressed anywhere on the page that nothing closer has handled.
 *
 * @param press handles a key by its `keyName`; returns whether it did
 */
export function useKeys(press: (key: string) => boolean): void {
  const latest = useLatest(press);
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !isPageKey(event)) return;
      if (latest.current(keyName(event))) event.preventDefault();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [latest]);
}
