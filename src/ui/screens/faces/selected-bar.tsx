import type { ReactNode } from 'react';
import { SelectionAction, SelectionBar } from '../../parts/grid/selection-bar.tsx';
import { TrashIcon } from '../../parts/icons.tsx';
import type { Selection } from '../../state/selection.ts';
import { t } from '../../text/t.ts';

interface SelectedBarProps {
  selection: Selection;
  onDelete: () => void;
  /** Additional actions. */
  children?: ReactNode;
}

/** Actions on the selected photos. */
export function SelectedBar({ selection, onDelete, children }: SelectedBarProps) {
  return (
    <SelectionBar selection={selection} onDelete={onDelete}>
      {children}
      <SelectionAction
        label={t('trash.move')}
        icon={<TrashIcon />}
        shortcut="Delete"
        onClick={onDelete}
      />
    </SelectionBar>
  );
}
