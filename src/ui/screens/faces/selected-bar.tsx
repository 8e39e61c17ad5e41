import type { ReactNode } from 'react';
import { Button, IconButton } from '../../parts/button.tsx';
import { CloseIcon, TrashIcon } from '../../parts/icons.tsx';
import { Bar } from '../../parts/top-bar.tsx';
import { count } from '../../pure/format.ts';
import type { Selection } from '../../state/selection.ts';

interface SelectedBarProps {
  selection: Selection;
  onDelete: () => void;
  /** More that can be done with them. */
  children?: ReactNode;
}

/** What can be done with the photos that are selected. */
export function SelectedBar({ selection, onDelete, children }: SelectedBarProps) {
  return (
    <Bar>
      <IconButton label="Clear the selection" shortcut="Escape" onClick={selection.clear}>
        <CloseIcon />
      </IconButton>
      <h1 className="bar-name">
        <span role="status">{`${count(selection.ids.size)} selected`}</span>
      </h1>
      <div className="bar-end">
        {children}
        <Button look="quiet" onClick={selection.all}>
          Select all
        </Button>
        <IconButton label="Move to the bin" shortcut="Delete" onClick={onDelete}>
          <TrashIcon />
        </IconButton>
      </div>
    </Bar>
  );
}
