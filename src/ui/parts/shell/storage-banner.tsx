import type { StorageState } from '../../../engine/index.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { RetryIcon, WarningIcon } from '../icons.tsx';
import './storage-banner.css';

/** Shown while the library's storage is unavailable, with the remedy. */
export function StorageBanner() {
  const { akin } = useUi();
  const storage = useObservable(akin.storage);
  const { state } = storage;
  if (state === 'ok') return null;
  return (
    <div className="banner" role="alert">
      <WarningIcon />
      <p>{bannerText(storage)}</p>
      {/* A blocked library opens by itself once the other tabs close. */}
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

function bannerText(storage: StorageState): string {
  switch (storage.state) {
    case 'deleted':
      return t('app.deleted', { again: storage.again, lost: storage.lost });
    case 'interrupted':
      return t('app.interrupted', { count: storage.files });
    case 'blocked':
      return errorText({ code: 'storage-blocked' });
    case 'outdated':
      return errorText({ code: 'storage-closed', details: { reason: 'newer' } });
    default:
      return errorText({ code: 'storage-closed' });
  }
}
