import { useMemo } from 'react';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { useUi } from '../ui.ts';
import { akinError } from './use-load.ts';

/** User actions on a model change; errors are shown as toasts. */
export function useMoveActions() {
  const { akin, showToast } = useUi();
  return useMemo(() => {
    // Read the text when it is shown: the language may have changed by then.
    const attempt = (what: () => Promise<void>, failure: () => string) => () =>
      what().catch((thrown: unknown) =>
        showToast({ text: failure(), detail: errorText(akinError(thrown)), urgent: true }),
      );
    return {
      pause: attempt(
        () => akin.moving.pause(),
        () => t('moving.pauseFailed'),
      ),
      resume: attempt(
        () => akin.moving.resume(),
        () => t('moving.resumeFailed'),
      ),
      retry: attempt(
        () => akin.moving.retry(),
        () => t('moving.retryFailed'),
      ),
      goBack: ({ id, title }: { readonly id: string; readonly title: string }) =>
        attempt(
          async () => {
            await akin.models.choose(id);
            showToast({ text: t('moving.wentBack', { title }) });
          },
          () => t('moving.goBackFailed', { title }),
        )(),
    };
  }, [akin, showToast]);
}
