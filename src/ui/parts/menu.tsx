import { Menu } from '@base-ui/react/menu';
import { type ReactElement, type ReactNode, useRef } from 'react';
import './menu.css';

export interface MenuEntry {
  readonly label: string;
  readonly icon: ReactNode;
  /** Equivalent shortcut. */
  readonly hint?: string;
  readonly run: () => void;
}

/** A button that opens a menu of actions. */
export function ActionMenu({ trigger, entries }: { trigger: ReactElement; entries: MenuEntry[] }) {
  const place = useRef<HTMLSpanElement>(null);
  return (
    <Menu.Root>
      <Menu.Trigger render={trigger} />
      {/* Portal target inside the landmark it belongs to, so that screen readers announce the right one. */}
      <span ref={place} className="menu-place" />
      <Menu.Portal container={place}>
        <Menu.Positioner sideOffset={6} align="end" className="layer-menu">
          <Menu.Popup className="menu">
            {entries.map((entry) => (
              <Menu.Item key={entry.label} className="menu-item" onClick={entry.run}>
                {entry.icon}
                <span>{entry.label}</span>
                {entry.hint !== undefined && (
                  <span className="menu-hint menu-keys">{entry.hint}</span>
                )}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
