import { Menu } from '@base-ui/react/menu';
import { useRef } from 'react';
import { MOST_TERM_COLORS } from '../../../../engine/index.ts';
import { COLOR_NAMES, colorName, SWATCHES, toggled } from '../../../pure/query/colors.ts';
import { t } from '../../../text/t.ts';
import { IconButton } from '../../button.tsx';
import { CheckIcon, PaletteIcon, PhotosIcon, PictureIcon } from '../../icons.tsx';
import { ColorDot } from './color-dot.tsx';

interface PaletteMenuProps {
  /** The ones picked. */
  colors: readonly string[];
  onColors: (colors: readonly string[]) => void;
  /** Chooses a picture to take the colors of. */
  onPicture: () => void;
  /** Takes the colors of the open photo, if there is one. */
  onPhoto?: () => void;
}

/** The colors to search by: up to three, each a click that takes effect at once. */
export function PaletteMenu({ colors, onColors, onPicture, onPhoto }: PaletteMenuProps) {
  const place = useRef<HTMLSpanElement>(null);
  const isFull = colors.length >= MOST_TERM_COLORS;
  return (
    <Menu.Root>
      <Menu.Trigger
        render={
          <IconButton label={t('query.withColors')}>
            <PaletteIcon />
          </IconButton>
        }
      />
      <span ref={place} className="menu-place" />
      <Menu.Portal container={place}>
        <Menu.Positioner sideOffset={6} align="end" className="layer-menu">
          <Menu.Popup className="menu palette" data-testid="palette">
            <Menu.Group>
              <Menu.GroupLabel className="query-group">{t('query.colorsHint')}</Menu.GroupLabel>
              <div className="palette-colors">
                {COLOR_NAMES.map((color) => (
                  <Menu.CheckboxItem
                    key={color}
                    className="menu-item palette-color"
                    checked={colors.includes(SWATCHES[color])}
                    disabled={isFull && !colors.includes(SWATCHES[color])}
                    onCheckedChange={() => onColors(toggled(colors, SWATCHES[color]))}
                  >
                    <ColorDot colors={[SWATCHES[color]]} />
                    <span>{colorName(color)}</span>
                    <Menu.CheckboxItemIndicator className="palette-check">
                      <CheckIcon />
                    </Menu.CheckboxItemIndicator>
                  </Menu.CheckboxItem>
                ))}
              </div>
            </Menu.Group>
            <Menu.Separator className="menu-line" />
            {onPhoto && (
              <Menu.Item className="menu-item palette-color" onClick={onPhoto}>
                <PhotosIcon />
                <span>{t('query.colorsFromPhoto')}</span>
              </Menu.Item>
            )}
            <Menu.Item className="menu-item palette-color" onClick={onPicture}>
              <PictureIcon />
              <span>{t('query.colorsFromPicture')}</span>
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
