import { useEffect, useRef } from 'react';
import type { Akin, Observable } from '../../../engine/index.ts';
import { t } from '../../text/t.ts';
import type { ShowToast } from '../actions/toast.ts';
import { useObservable } from './use-observable.ts';

/** The service worker's offer of a new version. */
export interface UpdateOffer {
  /** A new version is downloaded and waiting. */
  readonly ready: boolean;
  /** Everything needed offline is cached. */
  readonly offlineReady: boolean;
  /** Activates the new version, which reloads the page. */
  apply(): void;
}

/** Shows engine notices and updates as toasts. */
export function useNews(akin: Akin, update: Observable<UpdateOffer>, showToast: ShowToast): void {
  const notice = useObservable(akin.notice);
  useEffect(() => {
    if (notice) showToast({ text: t(`app.${notice.code}`) });
  }, [notice, showToast]);

  const { ready, offlineReady } = useObservable(update);
  useEffect(() => {
    if (!ready) return;
    return showToast({
      text: t('app.updateReady'),
      action: { label: t('common.reload'), run: () => update.get().apply() },
      timeout: 0,
    });
  }, [ready, update, showToast]);

  const wasOffline = useRef(offlineReady);
  useEffect(() => {
    if (offlineReady && !wasOffline.current) showToast({ text: t('app.offlineReady') });
    wasOffline.current = offlineReady;
  }, [offlineReady, showToast]);
}
