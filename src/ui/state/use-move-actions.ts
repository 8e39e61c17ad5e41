import { useMemo } from 'react';
import { useUi } from './ui.ts';
import { akinError } from './use-load.ts';

/** What a person can do about moving; what goes wrong is told. */
export function useMoveActions() {
  const { akin, tell } = useUi();
  return useMemo(() => {
    const attempt = (what: () => Promise<void>) => () =>
      what().catch((thrown: unknown) =>
        tell({ text: 'That did not work', detail: akinError(thrown).message, urgent: true }),
      );
    return {
      pause: attempt(() => akin.moving.pause()),
      resume: attempt(() => akin.moving.resume()),
      retry: attempt(() => akin.moving.retry()),
      goBack: ({ id, title }: { readonly id: string; readonly title: string }) =>
        attempt(async () => {
          await akin.models.choose(id);
          tell({ text: `Back to “${title}”` });
        })(),
    };
  }, [akin, tell]);
}
