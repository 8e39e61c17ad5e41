import { Suspense, useState } from 'react';
import { Button } from '../parts/button.tsx';
import { KeyboardIcon } from '../parts/icons.tsx';
import { lazyPart } from '../parts/lazy-part.ts';
import { useUi } from '../state/ui.ts';
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

const VERSION = String(import.meta.env.VITE_AKIN_VERSION ?? '');

export default function Settings({ onClose, children }: PanelProps) {
  const { openPanel } = useUi();
  const [place] = useState(takeSettingsPlace);
  return (
    <PanelShell title="Settings" onClose={onClose} question={children} focusId={place}>
      <ThemeSection />
      <LanguageSection />
      <section className="setting" aria-labelledby="faces-heading">
        <h3 id="faces-heading">Faces</h3>
        <Suspense fallback={<p className="muted">One moment…</p>}>
          <FacesSection onClose={onClose} />
        </Suspense>
      </section>
      <section className="setting" aria-labelledby="models-heading">
        <h3 id="models-heading" tabIndex={-1}>
          Search quality
        </h3>
        <Suspense fallback={<p className="muted">One moment…</p>}>
          <ModelsSection />
        </Suspense>
      </section>
      <MoveSection />
      <EngineSection />
      <section className="setting index-setting" aria-labelledby="index-heading">
        <h3 id="index-heading">Index</h3>
        <Suspense fallback={<p className="muted">One moment…</p>}>
          <IndexSection />
        </Suspense>
      </section>
      <StorageSection onClose={onClose} />
      <section className="setting">
        <h3>About</h3>
        <p>
          What leaves this device: <strong>nothing</strong>. Photos, names and what Akin knows of
          them are kept in this browser. There is no account and no server that sees them, and after
          the first visit Akin needs no network.
        </p>
        <p className="muted">
          Akin {VERSION && <span>{VERSION} </span>}is free software under the MIT licence. It stands
          on the work of others: <a href={`${import.meta.env.BASE_URL}credits.txt`}>credits</a>,{' '}
          <a href={`${import.meta.env.BASE_URL}licences.txt`}>licences</a>.
        </p>
        <Button look="quiet" className="setting-link" onClick={() => openPanel('shortcuts')}>
          <KeyboardIcon /> Keyboard shortcuts
        </Button>
      </section>
    </PanelShell>
  );
}
