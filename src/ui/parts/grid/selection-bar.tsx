import { type ReactNode, useEffect, useRef } from 'react';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { useKeepFocus } from '../../state/hooks/use-keep-focus.ts';
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

  // The button that started the selection is gone, and so will those of this bar be: continue at
  // the photos.
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) currentTile()?.focus({ preventScroll: true });
  }, []);
  useKeepFocus(bar, currentTile, { preventScroll: true });

  return (
    <Bar ref={bar}>
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

function currentTile(): HTMLElement | null {
  return document.querySelector<HTMLElement>('main .tile[tabindex="0"]');
}

interface SelectionActionProps {
  label: string;
  icon: ReactNode;
  onClick: () => void;
  disabled?: boolean;
  /** Why it is disabled. */
  reason?: string | undefined;
  shortcut?: string;
  className?: string;
  /** Where there is little room, it loses its label, and is left out of a narrow window. */
  rare?: boolean;
}

export function SelectionAction(props: SelectionActionProps) {
  const { label, icon, onClick, disabled, reason, shortcut, className = '', rare = false } = props;
  return (
    <button
      type="button"
      className={`button button-quiet selection-action ${rare ? 'selection-rare' : className}`}
      disabled={disabled}
      title={reason ?? label}
      aria-description={reason}
      aria-keyshortcuts={shortcut}
      onClick={onClick}
    >
      {icon}
      <span>{label}</span>
    </button>
  );
}
