import type { ReactNode } from 'react';
import { Button, IconButton } from '../../parts/button.tsx';
import { CloseIcon, TrashIcon } from '../../parts/icons.tsx';
import { Bar } from '../../parts/top-bar.tsx';
import type { Selection } from '../../state/selection.ts';
import { t } from '../../text/t.ts';

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
      <IconButton label={t('common.clearSelection')} shortcut="Escape" onClick={selection.clear}>
        <CloseIcon />
      </IconButton>
      <h1 className="bar-name">
        <span role="status">{t('common.selected', { count: selection.ids.size })}</span>
      </h1>
      <div className="bar-end">
        {children}
        <Button look="quiet" onClick={selection.all}>
          {t('common.selectAll')}
        </Button>
        <IconButton label={t('trash.move')} shortcut="Delete" onClick={onDelete}>
          <TrashIcon />
        </IconButton>
      </div>
    </Bar>
  );
}
