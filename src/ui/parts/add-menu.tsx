import { memo } from 'react';
import { canReadClipboard } from '../state/files.ts';
import { useUi } from '../state/ui.ts';
import { usePaste } from '../state/use-paste.ts';
import { AddIcon, FilesIcon, FolderIcon, PasteIcon, SparkleIcon } from './icons.tsx';
import { ActionMenu } from './menu.tsx';

/** The ways to bring in more photos. */
export const AddMenu = memo(function AddMenu() {
  const { actions, chooseFiles, chooseFolder } = useUi();
  const paste = usePaste();
  return (
    <ActionMenu
      trigger={
        <button type="button" className="button button-add">
          <AddIcon />
          <span>Add</span>
        </button>
      }
      entries={[
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
      ]}
    />
  );
});
