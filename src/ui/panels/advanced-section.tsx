import { Suspense } from 'react';
import { lazyPart } from '../parts/lazy-part.ts';
import { t } from '../text/t.ts';
import { EngineSection } from './engine-section.tsx';
import { MoveSection } from './move-section.tsx';
import { settingParts } from './setting-parts.ts';

const ModelsSection = lazyPart(settingParts.modelsSection);
const IndexSection = lazyPart(settingParts.indexSection);

/** Settings for photo analysis and search. */
export function AdvancedSection() {
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
      </section>
    </>
  );
}
