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
  /** The photo's name, where it is not given. */
  alt?: string;
  /** What is said of it until its name is there. */
  unnamed?: string;
}

/** A photo's thumbnail filling its box: a soft tint until it is there. */
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
  /** Place in the gallery, from 0, of how many. */
  index: number;
  total: number;
  left: number;
  width: number;
  height: number;
  href: string;
  /** Whether Tab comes to this tile; the arrow keys go on from it. */
  current: boolean;
  selected: boolean;
}

/** One photo of a grid. What is done with it is heard by the grid: see `PhotoGrid`. */
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
