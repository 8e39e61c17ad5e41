import { Suspense } from 'react';
import { Button } from '../parts/button.tsx';
import { LabIcon } from '../parts/icons.tsx';
import { lazyPart } from '../parts/lazy-part.ts';
import { LAB_CHAPTERS } from '../pure/route.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';
import { EngineSection } from './engine-section.tsx';
import { MoveSection } from './move-section.tsx';
import { settingParts } from './setting-parts.ts';

const ModelsSection = lazyPart(settingParts.modelsSection);
const IndexSection = lazyPart(settingParts.indexSection);

/** Where each index type can be watched. */
function LabLink({ onClose }: { onClose: () => void }) {
  const { navigation } = useUi();
  return (
    <div className="setting-buttons lab-link">
      <Button
        onClick={() => {
          onClose();
          navigation.push({ view: 'lab', chapter: LAB_CHAPTERS[0] });
        }}
      >
        <LabIcon /> {t('lab.open')}
      </Button>
      <span className="muted">{t('lab.openHint')}</span>
    </div>
  );
}

/** Settings for photo analysis and search. */
export function AdvancedSection({ onClose }: { onClose: () => void }) {
  return (
    <>
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
        <LabLink onClose={onClose} />
      </section>
    </>
  );
}
