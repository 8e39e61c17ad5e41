import { Tabs } from '@base-ui/react/tabs';
import { type ReactNode, Suspense, useState } from 'react';
import { GeneralIcon, InfoIcon, PeopleIcon, StorageIcon, ToolsIcon } from '../parts/icons.tsx';
import { lazyPart } from '../parts/lazy-part.ts';
import { useWideWindow } from '../state/hooks/use-wide-window.ts';
import { t } from '../text/t.ts';
import { AboutSection } from './about-section.tsx';
import { AdvancedSection } from './advanced-section.tsx';
import { LanguageSection } from './language-section.tsx';
import { type PanelProps, PanelShell } from './panel.tsx';
import { settingParts } from './setting-parts.ts';
import { SETTINGS_SECTIONS, type SettingsSection, takeSettingsPlace } from './settings-place.ts';
import { StorageSection } from './storage-section.tsx';
import { ThemeSection } from './theme-section.tsx';
import './settings.css';

const FacesSection = lazyPart(settingParts.facesSection);

const ICONS: Record<SettingsSection, () => ReactNode> = {
  general: GeneralIcon,
  people: PeopleIcon,
  storage: StorageIcon,
  advanced: ToolsIcon,
  about: InfoIcon,
};

/** Settings: a list of sections beside the open one, or above it on a phone. */
export default function Settings({ onClose, children }: PanelProps) {
  const [place] = useState(takeSettingsPlace);
  const [section, setSection] = useState(place.section);
  const wide = useWideWindow();
  return (
    <PanelShell
      title={t('settings.title')}
      onClose={onClose}
      question={children}
      sections
      focusId={place.focusId ?? tabId(place.section)}
    >
      <Tabs.Root
        className="settings"
        orientation={wide ? 'vertical' : 'horizontal'}
        value={section}
        onValueChange={setSection}
      >
        <Tabs.List className="settings-list" activateOnFocus aria-label={t('settings.title')}>
          {SETTINGS_SECTIONS.map((each) => {
            const Icon = ICONS[each];
            return (
              <Tabs.Tab key={each} id={tabId(each)} value={each} className="settings-tab">
                <Icon />
                <span>{t(`settings.${each}`)}</span>
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {/* Screen readers get this from the list. */}
        <p className="settings-title" aria-hidden="true">
          {t(`settings.${section}`)}
        </p>
        {SETTINGS_SECTIONS.map((each) => (
          <Tabs.Panel
            key={each}
            value={each}
            className="panel-body"
            data-section={each}
            tabIndex={-1}
          >
            <Section section={each} onClose={onClose} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </PanelShell>
  );
}

const tabId = (section: SettingsSection) => `settings-${section}`;

interface SectionProps {
  section: SettingsSection;
  onClose: () => void;
}

function Section({ section, onClose }: SectionProps) {
  switch (section) {
    case 'general':
      return (
        <>
          <ThemeSection />
          <LanguageSection />
        </>
      );
    case 'people':
      return (
        <section className="setting">
          <Suspense fallback={<p className="muted">{t('common.loading')}</p>}>
            <FacesSection onClose={onClose} />
          </Suspense>
        </section>
      );
    case 'storage':
      return <StorageSection onClose={onClose} />;
    case 'advanced':
      return <AdvancedSection onClose={onClose} />;
    case 'about':
      return <AboutSection />;
  }
}
