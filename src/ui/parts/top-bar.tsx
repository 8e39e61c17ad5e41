import type { ReactNode } from 'react';
import { count } from '../pure/format.ts';
import { canReadClipboard, clipboardPictures } from '../state/files.ts';
import { useUi } from '../state/ui.ts';
import { useObservable } from '../state/use-observable.ts';
import { IconButton } from './button.tsx';
import {
  AddIcon,
  FilesIcon,
  FolderIcon,
  Mark,
  PasteIcon,
  SelectIcon,
  SettingsIcon,
  SparkleIcon,
  TrashIcon,
  WarningIcon,
} from './icons.tsx';
import { ActionMenu, type MenuEntry } from './menu.tsx';
import './top-bar.css';

export function Bar({ children }: { children: ReactNode }) {
  return <header className="bar">{children}</header>;
}

export function Brand() {
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

/** Reads the clipboard at a press of a button; tells where there is no picture on it. */
export function usePaste(): () => Promise<void> {
  const { actions, tell } = useUi();
  return async () => {
    try {
      const files = await clipboardPictures();
      if (files.length > 0) await actions.importFiles(files);
      else tell({ text: 'There is no picture on the clipboard' });
    } catch {
      tell({
        text: 'The browser did not let Akin read the clipboard',
        detail: 'Press Ctrl+V (or ⌘V) instead.',
      });
    }
  };
}

function useAddEntries(): MenuEntry[] {
  const { actions, chooseFiles, chooseFolder } = useUi();
  const paste = usePaste();
  return [
    { label: 'Choose files…', icon: <FilesIcon />, run: chooseFiles },
    { label: 'Choose a folder…', icon: <FolderIcon />, run: chooseFolder },
    ...(canReadClipboard()
      ? [{ label: 'Paste', icon: <PasteIcon />, hint: 'Ctrl+V', run: () => void paste() }]
      : []),
    {
      label: 'Sample pictures',
      icon: <SparkleIcon />,
      run: () => void actions.importSamples(),
    },
  ];
}

/** The failed files, where there are any: a quiet reminder that opens their list. */
function ProblemsButton() {
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
}

export function GalleryBar({ photos, onSelect }: { photos: number; onSelect: () => void }) {
  const { navigation, openPanel } = useUi();
  const entries = useAddEntries();
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
      <div className="bar-end">
        <ProblemsButton />
        {photos > 0 && (
          <>
            <ActionMenu
              trigger={
                <button type="button" className="button button-add">
                  <AddIcon />
                  <span>Add</span>
                </button>
              }
              entries={entries}
            />
            <IconButton label="Select" onClick={onSelect}>
              <SelectIcon />
            </IconButton>
          </>
        )}
        <IconButton label="Bin" onClick={() => navigation.push({ view: 'bin' })}>
          <TrashIcon />
        </IconButton>
        <IconButton label="Settings" onClick={() => openPanel('settings')}>
          <SettingsIcon />
        </IconButton>
      </div>
    </Bar>
  );
}
