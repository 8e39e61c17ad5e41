import { Menu } from '@base-ui/react/menu';
import { useRef } from 'react';
import type { GallerySort } from '../../pure/gallery/gallery-order.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { CheckIcon, SortIcon } from '../icons.tsx';
import '../menu.css';

interface SortMenuProps {
  sort: GallerySort;
  onChoose: (sort: GallerySort) => void;
}

/** Chooses the sort order of the gallery. */
export function SortMenu({ sort, onChoose }: SortMenuProps) {
  const place = useRef<HTMLSpanElement>(null);
  const labels = { taken: t('gallery.sortTaken'), imported: t('gallery.sortImported') };
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton label={t('gallery.sort')}>
            <SortIcon />
          </IconButton>
        }
      />
      {/* Portal target inside the landmark it belongs to, so that screen readers announce the right one. */}
      <span ref={place} className="menu-place" />
      <Menu.Portal container={place}>
        <Menu.Positioner sideOffset={6} align="end" className="layer-menu">
          <Menu.Popup className="menu">
            <Menu.RadioGroup value={sort} onValueChange={onChoose}>
              {(['taken', 'imported'] as const).map((each) => (
                <Menu.RadioItem key={each} value={each} className="menu-item" closeOnClick>
                  <span className="menu-check">{each === sort && <CheckIcon />}</span>
                  <span>{labels[each]}</span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
