import { useUi } from '../state/ui.ts';
import { useObservable } from '../state/use-observable.ts';
import { t } from '../text/t.ts';
import { Button } from './button.tsx';
import { RetryIcon, WarningIcon } from './icons.tsx';
import './storage-banner.css';

/** Said for as long as the library's storage is not well, with what helps. */
export function StorageBanner() {
  const { akin } = useUi();
  const { state, message } = useObservable(akin.storage);
  if (state === 'ok') return null;
  return (
    <div className="banner" role="alert">
      <WarningIcon />
      <p>{message}</p>
      {/* A blocked library opens by itself once the other tabs are closed. */}
      {(state === 'outdated' || state === 'lost') && (
        <Button onClick={() => location.reload()}>
          <RetryIcon /> {t('common.reload')}
        </Button>
      )}
      {(state === 'deleted' || state === 'interrupted') && (
        <Button onClick={() => akin.dismissStorage()}>{t('common.dismiss')}</Button>
      )}
    </div>
  );
}
