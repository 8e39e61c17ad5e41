import { clipboardPictures } from './files.ts';
import { useUi } from './ui.ts';

/** Reads the clipboard at a press of a button; tells where there is no picture on it. */
export function usePaste(): () => Promise<void> {
  const { actions, tell } = useUi();
  return async () => {
    try {
      const files = await clipboardPictures();
      if (files.length > 0) await actions.importFiles(files);
      else tell({ text: 'There is no picture on the clipboard' });
    } catch {
      tell({
        text: 'The browser did not let Akin read the clipboard',
        detail: 'Press Ctrl+V (or ⌘V) instead.',
      });
    }
  };
}
