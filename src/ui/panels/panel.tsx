import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { CloseIcon } from '../parts/icons.tsx';
import { useBackCloses } from '../state/hooks/use-back-closes.ts';
import { t } from '../text/t.ts';
import './panel.css';

/** Props common to all panels. */
export interface PanelProps {
  onClose: () => void;
  /** A question asked from within the panel. */
  children?: ReactNode;
}

interface PanelShellProps {
  title: string;
  onClose: () => void;
  question: ReactNode;
  /** Has no tab stops, so the panel itself must be scrollable by keyboard. */
  textOnly?: boolean;
  /** Uses more width where available. */
  wide?: boolean;
  /** The children fill the panel and scroll themselves. */
  sections?: boolean;
  /** Id of the element to focus on opening; by default, the first focusable one. */
  focusId?: string | null;
  children: ReactNode;
}

/** Modal dialog, closed by Escape, Back, the close button or a click outside. */
export function PanelShell(props: PanelShellProps) {
  const { title, onClose, question, textOnly, wide, sections, focusId, children } = props;
  useBackCloses(onClose);
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
