import { Button } from '../parts/button.tsx';
import { KeyboardIcon, Mark } from '../parts/icons.tsx';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';

const BASE = import.meta.env.BASE_URL;
const VERSION = String(import.meta.env.VITE_AKIN_VERSION ?? '');

/** Version, privacy and credits. */
export function AboutSection() {
  const { openPanel } = useUi();
  return (
    <section className="setting about">
      <div className="about-app">
        <Mark size={52} />
        <div>
          <p className="about-name">{t('common.appName')}</p>
          {VERSION !== '' && <p className="muted">{t('settings.version', { version: VERSION })}</p>}
        </div>
      </div>
      <p>{t.rich('settings.privacy', { strong: (chunks) => <strong>{chunks}</strong> })}</p>
      <p className="muted">
        {t.rich('settings.license', {
          name: t('common.appName'),
          credits: (chunks) => <a href={`${BASE}credits.txt`}>{chunks}</a>,
          licenses: (chunks) => <a href={`${BASE}licences.txt`}>{chunks}</a>,
        })}
      </p>
      <Button look="quiet" className="setting-link for-keys" onClick={() => openPanel('shortcuts')}>
        <KeyboardIcon /> {t('settings.shortcuts')}
      </Button>
    </section>
  );
}
