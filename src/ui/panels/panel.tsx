import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { CloseIcon } from '../parts/icons.tsx';
import { t } from '../text/t.ts';
import './panel.css';

/** What every panel is given. */
export interface PanelProps {
  onClose: () => void;
  /** A question asked from within it. */
  children?: ReactNode;
}

interface PanelShellProps {
  title: string;
  onClose: () => void;
  question: ReactNode;
  /** There is nothing in it to tab to: the keyboard scrolls the panel itself. */
  textOnly?: boolean;
  /** Takes more room, where there is any. */
  wide?: boolean;
  /** Its children fill it, and scroll by themselves. */
  sections?: boolean;
  /** Id of what gets the focus as it opens; else the first thing that can have it. */
  focusId?: string | null;
  children: ReactNode;
}

/** A dialog over the page: Escape, the cross and a click beside it close it. */
export function PanelShell(props: PanelShellProps) {
  const { title, onClose, question, textOnly, wide, sections, focusId, children } = props;
  const look = sections ? 'panel-sections' : wide ? 'panel-wide' : '';
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup
          className={`panel ${look}`}
          initialFocus={focusId ? () => broughtIntoView(focusId) : undefined}
        >
          <div className="panel-head">
            <Dialog.Title className="panel-title">{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={t('common.close')}>
              <CloseIcon />
            </Dialog.Close>
          </div>
          {sections ? (
            children
          ) : (
            <div className="panel-body" tabIndex={textOnly ? 0 : undefined}>
              {children}
            </div>
          )}
          {question}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function broughtIntoView(id: string): HTMLElement | null {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'start' });
  return element;
}
