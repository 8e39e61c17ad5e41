import { useEffect } from 'react';
import { keyName } from '../../../pure/key-names.ts';
import type { Ui } from '../../ui.ts';
import { isPageKey } from './use-keys.ts';

/** Shortcuts available on every screen. */
export function useGlobalKeys({ actions, people, openPanel }: Ui): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (!isPageKey(event) || event.altKey) return;
      const key = keyName(event);
      if (key === '?' && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        openPanel('shortcuts');
      }
      if (key === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
        event.preventDefault();
        // Undo the most recent action of either kind.
        void (people.lastAt > actions.lastAt ? people.undoLast() : actions.undo());
      }
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [actions, people, openPanel]);
}
