import { memo, type SyntheticEvent } from 'react';
import type { PhotoId } from '../../../protocol/index.ts';
import { cleanName } from '../../pure/format.ts';
import { useThumb } from '../../state/hooks/use-thumb.ts';
import { t } from '../../text/t.ts';
import { CheckIcon } from '../icons.tsx';
import './tile.css';

function fadeIn(event: SyntheticEvent<HTMLImageElement>) {
  event.currentTarget.dataset.shown = '';
}

interface ThumbImageProps {
  id: PhotoId;
  /** Photo name; by default, its thumbnail's. */
  alt?: string;
  /** Text alternative until the name is loaded. */
  unnamed?: string;
}

/** A thumbnail that fills its box; a soft tint until loaded. */
export function ThumbImage({ id, alt, unnamed }: ThumbImageProps) {
  const thumb = useThumb(id);
  if (!thumb) return unnamed ? <span className="visually-hidden">{unnamed}</span> : null;
  return (
    <img
      key={id}
      className="thumb"
      src={thumb.src}
      alt={alt ?? cleanName(thumb.name)}
      decoding="async"
      draggable={false}
      onLoad={fadeIn}
    />
  );
}

interface TileProps {
  id: PhotoId;
  /** Index in the gallery, and total. */
  index: number;
  total: number;
  left: number;
  width: number;
  height: number;
  href: string;
  /** Whether this tile is the tab stop; arrow keys move it. */
  current: boolean;
  selected: boolean;
}

/** A photo of a grid. The grid handles its events: see `PhotoGrid`. */
export const Tile = memo(function Tile(props: TileProps) {
  const { id, index, total, left, width, height, href, current, selected } = props;
  return (
    <a
      className="tile"
      role="option"
      href={href}
      draggable={false}
      style={{ left, width, height }}
      tabIndex={current ? 0 : -1}
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={total}
      data-testid="photo-tile"
      data-photo-id={id}
    >
      <span className="tile-picture">
        <ThumbImage id={id} unnamed={t('gallery.photoNumber', { number: index + 1 })} />
      </span>
      <span className="tile-check" data-check="" aria-hidden="true">
        <CheckIcon />
      </span>
    </a>
  );
});
