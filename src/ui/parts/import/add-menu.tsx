import { memo } from 'react';
import { canReadClipboard } from '../../state/files.ts';
import { usePaste } from '../../state/hooks/use-paste.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { AddIcon, FilesIcon, FolderIcon, PasteIcon, SparkleIcon, TagIcon } from '../icons.tsx';
import { ActionMenu } from '../menu.tsx';

/** Menu of the ways to import more photos. */
export const AddMenu = memo(function AddMenu() {
  const { actions, navigation, chooseFiles, chooseFolder } = useUi();
  const paste = usePaste();
  return (
    <ActionMenu
      trigger={
        <button type="button" className="button button-add">
          <AddIcon />
          <span>{t('import.title')}</span>
        </button>
      }
      entries={[
        { label: t('import.chooseFiles'), icon: <FilesIcon />, run: chooseFiles },
        { label: t('import.chooseFolder'), icon: <FolderIcon />, run: chooseFolder },
        ...(canReadClipboard()
          ? [
              {
                label: t('import.paste'),
                icon: <PasteIcon />,
                hint: t('import.pasteKeys'),
                run: () => void paste(),
              },
            ]
          : []),
        {
          label: t('items.importMenu'),
          icon: <TagIcon />,
          run: () => navigation.push({ view: 'items' }),
        },
        {
          label: t('import.samples'),
          icon: <SparkleIcon />,
          run: () => void actions.importSamples(),
        },
      ]}
    />
  );
});
