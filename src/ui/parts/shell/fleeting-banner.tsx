import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { WarningIcon } from '../icons.tsx';
import './storage-banner.css';

/** Warns in private windows, where the browser deletes the library on closing. */
export function FleetingBanner() {
  const { akin } = useUi();
  if (!useObservable(akin.fleeting)) return null;
  return (
    <div className="banner" role="note" data-testid="fleeting-banner">
      <WarningIcon />
      <p>{t('app.privateWindow')}</p>
    </div>
  );
}
