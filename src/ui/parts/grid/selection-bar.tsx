import type { ReactNode } from 'react';
import { useKeys } from '../../state/hooks/use-keys.ts';
import type { Selection } from '../../state/selection.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { CloseIcon, SelectAllIcon } from '../icons.tsx';
import { Bar } from '../shell/top-bar.tsx';
import './selection-bar.css';

interface SelectionBarProps {
  selection: Selection;
  /** Handles the Delete key, wherever the focus is. */
  onDelete: () => void;
  /** Actions on the selected photos: `SelectionAction`s. */
  children: ReactNode;
}

/** Selection count and actions; on a phone, the actions replace the tab bar. */
export function SelectionBar({ selection, onDelete, children }: SelectionBarProps) {
  const count = selection.ids.size;
  useKeys((key) => {
    if (key === 'Escape') selection.clear();
    else if (key === 'Delete' && count > 0) onDelete();
    else return false;
    return true;
  });
  return (
    <Bar>
      <IconButton label={t('common.clearSelection')} shortcut="Escape" onClick={selection.clear}>
        <CloseIcon />
      </IconButton>
      <h1 className="bar-name one-line">
        <span role="status" data-testid="selection-count">
          {count === 0 ? t('gallery.selectPhotos') : t('common.selected', { count })}
        </span>
      </h1>
      <div className="bar-end">
        <SelectionAction
          className="selection-all"
          label={t('common.selectAll')}
          icon={<SelectAllIcon />}
          onClick={selection.all}
        />
        <div className="selection-actions">{children}</div>
      </div>
    </Bar>
  );
}

interface SelectionActionProps {
  label: string;
  icon: ReactNode;
  onClick: () => void;
  disabled?: boolean;
  shortcut?: string;
  className?: string;
}

export function SelectionAction(props: SelectionActionProps) {
  const { label, icon, onClick, disabled, shortcut, className = '' } = props;
  return (
    <button
      type="button"
      className={`button button-quiet selection-action ${className}`}
      disabled={disabled}
      aria-keyshortcuts={shortcut}
      onClick={onClick}
    >
      {icon}
      <span>{label}</span>
    </button>
  );
}
