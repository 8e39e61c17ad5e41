import { memo, type ReactNode, useCallback } from 'react';
import { useUi } from '../state/ui.ts';
import { useLoad } from '../state/use-load.ts';
import { useObservable } from '../state/use-observable.ts';
import { t } from '../text/t.ts';
import { IconButton } from './button.tsx';
import { Mark, PeopleIcon, SettingsIcon, TrashIcon, WarningIcon } from './icons.tsx';
import './top-bar.css';

export function Bar({ children }: { children: ReactNode }) {
  return <header className="bar">{children}</header>;
}

function Brand() {
  const { navigation } = useUi();
  return (
    <a
      className="brand"
      href={navigation.url({ view: 'gallery' })}
      onClick={(event) => {
        event.preventDefault();
        navigation.home();
      }}
    >
      <Mark size={26} />
      <span>{t('common.appName')}</span>
    </a>
  );
}

/** The failed files, where there are any: a quiet reminder that opens their list. */
const ProblemsButton = memo(function ProblemsButton() {
  const { akin, openPanel } = useUi();
  const failures = useObservable(akin.failures);
  if (failures.length === 0) return null;
  return (
    <IconButton
      className="problems-button"
      label={t('import.notImported', { count: failures.length })}
      onClick={() => openPanel('problems')}
    >
      <WarningIcon />
    </IconButton>
  );
});

/** There with faces turned off too: the page behind it says what they are and turns them on. */
const PeopleButton = memo(function PeopleButton() {
  const { navigation } = useUi();
  return (
    <IconButton
      className="people-button"
      label={t('gallery.people')}
      onClick={() => navigation.push({ view: 'people' })}
    >
      <PeopleIcon />
    </IconButton>
  );
});

const TrashButton = memo(function TrashButton() {
  const { navigation } = useUi();
  return (
    <IconButton label={t('trash.title')} onClick={() => navigation.push({ view: 'trash' })}>
      <TrashIcon />
    </IconButton>
  );
});

/** Where there are no photos at all, not in Trash either, there is nothing to offer there. */
function TrashButtonIfAny() {
  const { akin } = useUi();
  const trash = useLoad(useCallback(() => akin.trash(), [akin]));
  return trash.value && trash.value.ids.length > 0 ? <TrashButton /> : null;
}

const SettingsButton = memo(function SettingsButton() {
  const { openPanel } = useUi();
  return (
    <IconButton label={t('gallery.settings')} onClick={() => openPanel('settings')}>
      <SettingsIcon />
    </IconButton>
  );
});

interface HomeBarProps {
  /** Photos in the library; not said while there are none. */
  photos?: number;
  /** Where they are searched for. */
  search?: ReactNode;
  /** What can be done with them. */
  children?: ReactNode;
}

/** The bar of the gallery and of what stands in its place. */
export function HomeBar({ photos = 0, search, children }: HomeBarProps) {
  return (
    <Bar>
      <h1 className="bar-title">
        <Brand />
      </h1>
      {photos > 0 && (
        <p className="bar-count muted" data-testid="photo-count">
          {t.rich('gallery.count', {
            count: photos,
            word: (word) => <span className="bar-count-word">{word}</span>,
          })}
        </p>
      )}
      {search}
      <div className="bar-end">
        {photos > 0 && <PeopleButton />}
        <ProblemsButton />
        {children}
        {photos > 0 ? <TrashButton /> : <TrashButtonIfAny />}
        <SettingsButton />
      </div>
    </Bar>
  );
}
