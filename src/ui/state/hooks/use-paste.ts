import { t } from '../../text/t.ts';
import { clipboardPictures } from '../files.ts';
import { useUi } from '../ui.ts';

/** Reads the clipboard on a button press; shows a toast if it has no picture. */
export function usePaste(): () => Promise<void> {
  const { actions, showToast } = useUi();
  return async () => {
    try {
      const files = await clipboardPictures();
      if (files.length > 0) await actions.importFiles(files);
      else showToast({ text: t('import.clipboardEmpty') });
    } catch {
      showToast({
        text: t('import.clipboardDenied'),
        detail: t('import.clipboardDeniedHint'),
      });
    }
  };
}
