import type { AkinError } from '../../engine/index.ts';
import { Button } from '../parts/button.tsx';
import { RetryIcon, WarningIcon } from '../parts/icons.tsx';
import { HomeBar } from '../parts/shell/top-bar.tsx';
import { errorText } from '../text/errorText.ts';
import { t } from '../text/t.ts';
import './waiting.css';

/** Shown while the library opens, if that takes long enough to notice. */
export function Opening() {
  return (
    <main className="screen waiting" aria-busy="true">
      <p className="waiting-late muted">{t('gallery.opening')}</p>
    </main>
  );
}

/** Shown until the first imported photos appear. */
export function FirstPhotos() {
  return (
    <>
      <HomeBar />
      <main className="screen waiting">
        <div className="waiting-tiles" aria-hidden="true">
          {[1.5, 0.75, 1.3, 1, 0.7, 1.6, 1.2].map((aspect) => (
            <span key={aspect} style={{ flexGrow: aspect }} />
          ))}
        </div>
        <p className="muted">{t('welcome.importing')}</p>
      </main>
    </>
  );
}

export function OpenFailed({ error }: { error: AkinError | null }) {
  return (
    <main className="screen waiting">
      <WarningIcon />
      <h1>{t('gallery.openFailed')}</h1>
      <p className="muted">{error ? errorText(error) : t('gallery.noReason')}</p>
      <Button look="primary" onClick={() => location.reload()}>
        <RetryIcon /> {t('common.tryAgain')}
      </Button>
    </main>
  );
}
