import { useUi } from '../state/ui.ts';
import { useObservable } from '../state/use-observable.ts';
import { WarningIcon } from './icons.tsx';
import './storage-banner.css';

/** Said up front in a window that forgets everything, before anybody relies on it. */
export function FleetingBanner() {
  const { akin } = useUi();
  if (!useObservable(akin.fleeting)) return null;
  return (
    <div className="banner" role="note" data-testid="fleeting-banner">
      <WarningIcon />
      <p>
        This looks like a private window. You can use Akin here, but everything in it is deleted
        when you close it. To keep your photos, open Akin in a normal window.
      </p>
    </div>
  );
}
