import { Tooltip } from '@base-ui/react/tooltip';
import { type ComponentProps, type ReactNode, useState } from 'react';
import { t } from '../text/t.ts';
import './button.css';
import './touch.css';

type Look = 'plain' | 'primary' | 'quiet' | 'danger';

type ButtonProps = ComponentProps<'button'> & { look?: Look };

export function Button({ look = 'plain', className = '', ...props }: ButtonProps) {
  return <button type="button" className={`button button-${look} ${className}`} {...props} />;
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** Accessible name, shown as a tooltip. */
  label: string;
  /** Equivalent shortcut, in `aria-keyshortcuts` syntax. */
  shortcut?: string;
  children: ReactNode;
}

export function IconButton({ label, shortcut, className = '', ...props }: IconButtonProps) {
  const [tip, showTip] = useState(false);
  return (
    <Tooltip.Root
      open={tip}
      onOpenChange={(open, details) => {
        showTip(open);
        if (details.reason !== 'escape-key') return;
        // Escape closes the tooltip, but is also meant for the page.
        details.cancel();
        details.allowPropagation();
      }}
    >
      <Tooltip.Trigger
        render={
          <button
            type="button"
            className={`icon-button ${className}`}
            aria-label={label}
            aria-keyshortcuts={shortcut}
            {...props}
          />
        }
      />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="layer-tip">
          {/* The button already has the name; don't announce it twice. */}
          <Tooltip.Popup className="tip" aria-hidden="true">
            {label}
            {shortcut !== undefined && <kbd>{keyLabel(shortcut)}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** The key's label in the page's language; `shortcut` itself is the ARIA name. */
function keyLabel(shortcut: string): string {
  if (shortcut === 'Delete') return t('common.keyDelete');
  return shortcut === 'Escape' ? t('common.keyEscape') : shortcut;
}
