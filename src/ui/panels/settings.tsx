import { Suspense, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { KeyboardIcon } from '../parts/icons.tsx';
import { lazyPart } from '../parts/lazy-part.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';
import { EngineSection } from './engine-section.tsx';
import { LanguageSection } from './language-section.tsx';
import { MoveSection } from './move-section.tsx';
import { type PanelProps, PanelShell } from './panel.tsx';
import { settingParts } from './setting-parts.ts';
import { takeSettingsPlace } from './settings-place.ts';
import { StorageSection } from './storage-section.tsx';
import { ThemeSection } from './theme-section.tsx';
import './settings.css';

const FacesSection = lazyPart(settingParts.facesSection);
const ModelsSection = lazyPart(settingParts.modelsSection);
const IndexSection = lazyPart(settingParts.indexSection);

const BASE = import.meta.env.BASE_URL;
const VERSION = String(import.meta.env.VITE_AKIN_VERSION ?? '');

export default function Settings({ onClose, children }: PanelProps) {
  const { openPanel } = useUi();
  const [place] = useState(takeSettingsPlace);
  return (
    <PanelShell title={t('settings.title')} onClose={onClose} question={children} focusId={place}>
      <ThemeSection />
      <LanguageSection />
      <section className="setting" aria-labelledby="faces-heading">
        <h3 id="faces-heading">{t('settings.people')}</h3>
        <Suspense fallback={<p className="muted">{t('common.loading')}</p>}>
          <FacesSection onClose={onClose} />
        </Suspense>
      </section>
      <section className="setting" aria-labelledby="models-heading">
        <h3 id="models-heading" tabIndex={-1}>
          {t('settings.searchQuality')}
        </h3>
        <Suspense fallback={<p className="muted">{t('common.loading')}</p>}>
          <ModelsSection />
        </Suspense>
      </section>
      <MoveSection />
      <EngineSection />
      <section className="setting index-setting" aria-labelledby="index-heading">
        <h3 id="index-heading">{t('index.title')}</h3>
        <Suspense fallback={<p className="muted">{t('common.loading')}</p>}>
          <IndexSection />
        </Suspense>
      </section>
      <StorageSection onClose={onClose} />
      <section className="setting">
        <h3>{t('settings.about')}</h3>
        <p>{t.rich('settings.privacy', { strong: (chunks) => <strong>{chunks}</strong> })}</p>
        <p className="muted">
          {t.rich('settings.license', {
            name: `Akin ${VERSION}`.trim(),
            credits: (chunks) => <a href={`${BASE}credits.txt`}>{chunks}</a>,
            licenses: (chunks) => <a href={`${BASE}licences.txt`}>{chunks}</a>,
          })}
        </p>
        <Button look="quiet" className="setting-link" onClick={() => openPanel('shortcuts')}>
          <KeyboardIcon /> {t('settings.shortcuts')}
        </Button>
      </section>
    </PanelShell>
  );
}
