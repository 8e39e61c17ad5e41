import { memo, type ReactNode, useCallback } from 'react';
import { count } from '../pure/format.ts';
import { useUi } from '../state/ui.ts';
import { useLoad } from '../state/use-load.ts';
import { useObservable } from '../state/use-observable.ts';
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
      <span>Akin</span>
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
      label={`${count(failures.length)} not read`}
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
      label="People"
      onClick={() => navigation.push({ view: 'people' })}
    >
      <PeopleIcon />
    </IconButton>
  );
});

const BinButton = memo(function BinButton() {
  const { navigation } = useUi();
  return (
    <IconButton label="Bin" onClick={() => navigation.push({ view: 'bin' })}>
      <TrashIcon />
    </IconButton>
  );
});

/** Where there are no photos at all, not in the bin either, there is nothing to offer there. */
function BinButtonIfAny() {
  const { akin } = useUi();
  const bin = useLoad(useCallback(() => akin.bin(), [akin]));
  return bin.value && bin.value.ids.length > 0 ? <BinButton /> : null;
}

const SettingsButton = memo(function SettingsButton() {
  const { openPanel } = useUi();
  return (
    <IconButton label="Settings" onClick={() => openPanel('settings')}>
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
          {count(photos)}{' '}
          <span className="bar-count-word">{photos === 1 ? 'photo' : 'photos'}</span>
        </p>
      )}
      {search}
      <div className="bar-end">
        {photos > 0 && <PeopleButton />}
        <ProblemsButton />
        {children}
        {photos > 0 ? <BinButton /> : <BinButtonIfAny />}
        <SettingsButton />
      </div>
    </Bar>
  );
}
